import Foundation
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Creating in the simulated D365")
struct ODataCreateTests {
    struct Refused: CustomTestStringConvertible {
        let testDescription: String
        let set: String
        let body: String
        let status: Int
        let text: String

        init(_ description: String, _ set: String, _ body: String, _ status: Int, _ text: String) {
            (testDescription, self.set, self.body, self.status, self.text) = (description, set, body, status, text)
        }
    }

    static let customer =
        #""PartyType":"Person","PersonLastName":"F","CustomerGroupId":"30","SalesCurrencyCode":"EUR""#
    static let header = #""OrderingCustomerAccountNumber":"C-000001","InvoiceCustomerAccountNumber":"C-000001""#
    static let line = #""SalesOrderNumber":"SO-000001","ItemNumber":"MUG-01","OrderedSalesQuantity":1"#

    @Test(
        "What F&O would refuse is refused",
        arguments: [
            Refused("no JSON", "CustomersV3", "{", 400, "no JSON object"),
            Refused("unknown property", "CustomersV3", #"{\#(customer),"Email":"x"}"#, 400, "'Email'"),
            Refused("wrong casing", "CustomersV3", #"{\#(customer),"dataareaid":"usmf"}"#, 400, "'dataareaid'"),
            Refused("number for text", "CustomersV3", #"{\#(customer),"NameAlias":5}"#, 400, "Edm.String"),
            Refused("text for number", "CustomersV3", #"{\#(customer),"CreditLimit":"5"}"#, 400, "Edm.Decimal"),
            Refused("unknown symbol", "CustomersV3", #"{\#(customer),"IsOneTimeCustomer":true}"#, 400, "NoYes"),
            Refused(
                "no group", "CustomersV3", #"{"PersonLastName":"F","SalesCurrencyCode":"EUR"}"#, 400,
                "'CustomerGroupId' must be filled in"),
            Refused(
                "unknown group", "CustomersV3",
                customer.replacing("30", with: "31").wrapped, 400, "Customer groups"),
            Refused(
                "unknown currency", "CustomersV3", customer.replacing("EUR", with: "XXX").wrapped, 400, "Currency"),
            Refused(
                "no name", "CustomersV3", customer.replacing("PersonLastName", with: "NameAlias").wrapped, 400,
                "'PersonLastName' must be filled in"),
            Refused(
                "country in two letters", "CustomersV3", #"{\#(customer),"AddressCountryRegionId":"AT"}"#, 400,
                "'AT' in field 'Country/region'"),
            Refused("unknown company", "CustomersV3", #"{\#(customer),"dataAreaId":"xyz"}"#, 400, "Legal entities"),
            Refused(
                "manual account", "CustomersV3", #"{\#(customer),"CustomerAccount":"WEB-1"}"#, 400,
                "does not allow manual numbers"),
            Refused(
                "unknown customer", "SalesOrderHeadersV2", header.replacing("C-000001", with: "C-9").wrapped, 400,
                "The value 'C-9' in field 'Customer account' is not found"),
            Refused(
                "customer of another company", "SalesOrderHeadersV2", #"{\#(header),"dataAreaId":"dat"}"#, 400,
                "not found in the related table 'Customers'"),
            Refused(
                "no invoice account", "SalesOrderHeadersV2", #"{"OrderingCustomerAccountNumber":"C-000001"}"#,
                400, "'InvoiceCustomerAccountNumber' must be filled in"),
            Refused(
                "read-only", "SalesOrderHeadersV2", #"{\#(header),"SalesOrderStatus":"Invoiced"}"#, 400,
                "read-only"),
            Refused(
                "date without zone", "SalesOrderHeadersV2",
                #"{\#(header),"RequestedShippingDate":"2026-01-16"}"#, 400, "Edm.DateTimeOffset"),
            Refused(
                "manual order number", "SalesOrderHeadersV2", #"{\#(header),"SalesOrderNumber":"1"}"#, 400,
                "does not allow manual numbers"),
            Refused(
                "unknown order", "SalesOrderLinesV3", line.replacing("SO-000001", with: "SO-9").wrapped, 400,
                "Sales orders"),
            Refused(
                "unknown item", "SalesOrderLinesV3", line.replacing("MUG-01", with: "NOPE").wrapped, 400,
                "The value 'NOPE' in field 'Item number' is not found"),
            Refused(
                "stopped item", "SalesOrderLinesV3", line.replacing("MUG-01", with: "RETIRED-01").wrapped, 500,
                "stopped for sales"),
            Refused(
                "no quantity", "SalesOrderLinesV3",
                line.replacing(#""OrderedSalesQuantity":1"#, with: #""SalesPrice":1"#).wrapped, 400,
                "'OrderedSalesQuantity' must be filled in"),
            Refused(
                "no site", "SalesOrderLinesV3", #"{\#(line),"ShippingSiteId":""}"#, 500,
                "Inventory dimension Site is mandatory"),
            Refused(
                "no warehouse", "SalesOrderLinesV3", #"{\#(line),"ShippingWarehouseId":""}"#, 500,
                "Inventory dimension Warehouse is mandatory"),
            Refused(
                "the same line number", "SalesOrderLinesV3", #"{\#(line),"LineNumber":1}"#, 400,
                "Line number: 1. The record already exists"),
            Refused(
                "a V3 property in V2", "SalesOrderLines", #"{\#(line),"CustomersLineNumber":1}"#, 400,
                "'CustomersLineNumber'"),
            Refused("an invoice", "SalesInvoiceHeadersV2", #"{"InvoiceNumber":"1"}"#, 400, "not allowed"),
        ])
    func refusals(_ row: Refused) async throws {
        let stage = try await stageWithLine()
        let answer = try await stage.data(.post, row.set, row.body)
        #expect(answer.status == row.status)
        #expect(try answer.text("error.innererror.message").contains(row.text), "\(answer.body)")
        let snapshot = stage.dynamics.snapshot()
        #expect(snapshot.customers.count == 1 && snapshot.orders.map(\.lines.count) == [1])
    }

    @Test(
        "A customer on hold gets no order",
        arguments: [("All", 500), ("Invoice", 500), ("Payment", 201), ("No", 201)])
    func onHold(_ status: String, _ answered: Int) async throws {
        let stage = try Stage()
        let account = try await stage.createCustomer()
        try stage.dynamics.setOnHoldStatus(status, customerAccount: account, dataAreaId: "USMF")
        #expect(try await stage.data(.post, "SalesOrderHeadersV2", stage.orderBody(account)).status == answered)
    }

    @Test("A create answers 201 with the whole row, numbers from the company's own sequence, company in lower case")
    func create() async throws {
        let stage = try Stage()
        let account = try await stage.createCustomer(area: "USMF")
        #expect(account == "C-000001")
        let answer = try await stage.data(.post, "SalesOrderHeadersV2", stage.orderBody(account, "1", "USMF"))
        #expect(answer.status == 201)
        #expect(try answer.text("dataAreaId") == "usmf")
        #expect(try answer.text("SalesOrderNumber") == "SO-000001")
        #expect(try answer.text("CurrencyCode") == "EUR")
        #expect(try answer.text("SalesOrderStatus") == "Backorder")
        #expect(try answer.text("OrderCreationDateTime") == "2026-01-01T10:00:12Z")
        #expect(answer.json.objectValue?.fields.count == EntitySchema.salesOrderHeaders.properties.count + 2)
        #expect(try await stage.createCustomer("x@example.com", area: "dat") == "C-000001")
    }

    @Test("Manual sequences demand a number and refuse one that exists")
    func manualNumbers() async throws {
        let stage = try Stage {
            $0.dynamics.salesOrderNumbers = .manual
            $0.dynamics.customerNumbers = .automatic
        }
        let account = try await stage.createCustomer()
        let body = stage.orderBody(account, "1", "usmf", #","SalesOrderNumber":"WEB-1""#)
        #expect(try await stage.data(.post, "SalesOrderHeadersV2", stage.orderBody(account)).status == 400)
        #expect(try await stage.data(.post, "SalesOrderHeadersV2", body).status == 201)
        let again = try await stage.data(.post, "SalesOrderHeadersV2", body)
        #expect(again.body.contains("already exists"))
    }

    struct Amount: CustomTestStringConvertible {
        let line: String
        let amount: String
        var testDescription: String { line }
    }

    @Test(
        "A line's amount is quantity times price less discount per unit, to the cent",
        arguments: [
            Amount(line: #""OrderedSalesQuantity":2,"SalesPrice":49.90,"LineDiscountAmount":5.0"#, amount: "89.8"),
            Amount(line: #""OrderedSalesQuantity":3,"SalesPrice":10,"LineDiscountAmount":0.333"#, amount: "29"),
            Amount(line: #""OrderedSalesQuantity":3,"SalesPrice":0.335"#, amount: "1.01"),
            Amount(line: #""OrderedSalesQuantity":4,"SalesPrice":10,"LineDiscountPercentage":12.5"#, amount: "35"),
            Amount(line: #""OrderedSalesQuantity":4,"SalesPrice":10,"SalesPriceQuantity":2"#, amount: "20"),
            Amount(line: #""OrderedSalesQuantity":2,"SalesPrice":10,"LineAmount":1"#, amount: "20"),
            Amount(line: #""OrderedSalesQuantity":2"#, amount: "29.9"),
            Amount(line: #""OrderedSalesQuantity":2,"SalesPrice":0"#, amount: "0"),
        ])
    func lineAmount(_ row: Amount) async throws {
        let stage = try Stage()
        let order = try await stage.createOrder(try await stage.createCustomer())
        let answer = try await stage.createLine(order, #""ItemNumber":"MUG-01","# + row.line)
        #expect(try answer.number("LineAmount").description == row.amount, "\(answer.body)")
    }

    @Test("Lines are numbered if they are not, take site and warehouse from the header, and sum up in it")
    func lines() async throws {
        let stage = try Stage { $0.dynamics.salesTaxPercent = ["usmf": 20] }
        let order = try await stage.createOrder(try await stage.createCustomer())
        let first = try await stage.createLine(
            order, #""ItemNumber":"mug-01","OrderedSalesQuantity":2,"SalesPrice":10"#)
        #expect(try first.number("LineNumber") == 1)
        #expect(try first.text("InventoryLotId") == "LOT-000001")
        #expect(try first.text("ShippingWarehouseId") == "11")
        let second = try await stage.createLine(
            order, #""ItemNumber":"SHIPPING","OrderedSalesQuantity":1,"SalesPrice":5.55,"ShippingSiteId":"""#,
            set: "SalesOrderLines")
        #expect(try second.number("LineNumber") == 2)
        let header = try await stage.data(.get, "SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='\(order)')")
        #expect(try header.number("OrderTotalAmount") == Decimal(3066) / 100)
        #expect(try header.number("OrderTotalTaxAmount") == Decimal(511) / 100)
        let listed = try await stage.data(.get, "SalesOrderLinesV3?$filter=SalesOrderNumber eq '\(order)'")
        #expect(listed["value"]?.arrayValue?.count == 2)
    }

    @Test("A repeated reference is taken, as F&O does, unless its parameters refuse it")
    func repeatedReference() async throws {
        let lenient = try Stage()
        let account = try await lenient.createCustomer()
        #expect(try await lenient.createOrder(account) == "SO-000001")
        #expect(try await lenient.createOrder(account) == "SO-000002")
        let strict = try Stage { $0.dynamics.refusesRepeatedReferences = true }
        let other = try await strict.createCustomer()
        try await strict.createOrder(other)
        let answer = try await strict.data(.post, "SalesOrderHeadersV2", strict.orderBody(other, "000000001"))
        #expect(answer.status == 400 && answer.body.contains("already used on order SO-000001"))
    }

    @Test("A released item makes the refused line possible")
    func release() async throws {
        let stage = try Stage()
        let order = try await stage.createOrder(try await stage.createCustomer())
        let line = #""ItemNumber":"MYSTERY-99","OrderedSalesQuantity":1"#
        #expect(try await stage.createLine(order, line).status == 400)
        try stage.dynamics.release(SandboxItem("MYSTERY-99"), dataAreaId: "usmf")
        #expect(try await stage.createLine(order, line).status == 201)
        #expect(throws: SandboxError.unknownLegalEntity("xyz")) {
            try stage.dynamics.release(SandboxItem("A"), dataAreaId: "xyz")
        }
    }

    @Test("Other methods are answered, but not simulated")
    func otherMethods() async throws {
        #expect(try await Stage().data(.patch, "CustomersV3", "{}").status == 405)
        #expect(
            try await Stage().data(.post, "CustomersV3(dataAreaId='usmf',CustomerAccount='1')", "{}").status == 405)
    }

    private func stageWithLine() async throws -> Stage {
        let stage = try Stage()
        let order = try await stage.createOrder(try await stage.createCustomer())
        try await stage.createLine(order)
        return stage
    }
}

extension String {
    var wrapped: String { "{\(self)}" }
}
