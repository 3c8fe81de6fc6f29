import Dynamics
import Foundation
import HTTPClient
import Relay
import Testing

@Suite("What the flows ask of D365")
struct DynamicsClientTests {
    private static let none = ScriptedTransport.Reply.answer(200, #"{"value":[]}"#)

    /// Path, filter and `$top` of the only request, percent-decoded.
    private func asked(_ transport: ScriptedTransport) throws -> [String: String] {
        #expect(transport.requests.count == 1)
        let url = try #require(transport.requests.first?.url)
        let components = try #require(URLComponents(string: url))
        var parts = ["path": components.path]
        for item in components.queryItems ?? [] { parts[item.name] = item.value }
        #expect(parts["cross-company"] == "true")
        return parts
    }

    @Test("A customer is looked up by e-mail in one legal entity, which is spelled in lower case")
    func findCustomers() async throws {
        let transport = ScriptedTransport(
            .answer(
                200,
                """
                {"@odata.context":"x","value":[{"@odata.etag":"W/\\"1\\"","dataAreaId":"usmf",
                 "CustomerAccount":"WEB-7781","PrimaryContactEmail":"o'neil@example.com","OnHoldStatus":"No"}]}
                """))
        let rows = try await DynamicsClient(odata: odata(transport))
            .findCustomers(email: "o'neil@example.com", dataAreaId: "USMF")
        #expect(rows.map(\.CustomerAccount) == ["WEB-7781"])
        let parts = try asked(transport)
        #expect(parts["path"] == "/data/CustomersV3")
        #expect(parts["$filter"] == "dataAreaId eq 'usmf' and PrimaryContactEmail eq 'o''neil@example.com'")
        #expect(parts["$top"] == "2")
        #expect(parts["$select"]?.contains("CustomerAccount") == true)
    }

    @Test("Two customers with one address are both returned, so that nobody guesses")
    func ambiguous() async throws {
        let transport = ScriptedTransport(
            .answer(
                200,
                """
                {"value":[{"dataAreaId":"usmf","CustomerAccount":"A"},
                 {"dataAreaId":"usmf","CustomerAccount":"B"}]}
                """
            ))
        let rows = try await DynamicsClient(odata: odata(transport)).findCustomers(email: "a@b", dataAreaId: "usmf")
        #expect(rows.count == 2)
    }

    @Test(
        "A customer without an address is not looked up: it would find every other one without", arguments: ["", "*"])
    func noAddress(_ email: String) async {
        let transport = ScriptedTransport()
        let fault = await fault {
            try await DynamicsClient(odata: odata(transport)).findCustomers(email: email, dataAreaId: "usmf")
        }
        #expect(fault?.failureKind == .validation)
        #expect(transport.requests.isEmpty)
    }

    @Test("An order is looked up by the shop's number, and two of them are told")
    func findSalesOrders() async throws {
        let transport = ScriptedTransport(
            .answer(
                200,
                """
                {"value":[{"dataAreaId":"usmf","SalesOrderNumber":"SO-1","AreTotalsCalculated":"Yes",
                 "OrderTotalAmount":104.8},{"dataAreaId":"usmf","SalesOrderNumber":"SO-2"}]}
                """))
        let rows = try await DynamicsClient(odata: odata(transport))
            .findSalesOrders(customersOrderReference: "000000123", dataAreaId: "usmf")
        #expect(rows.map(\.SalesOrderNumber) == ["SO-1", "SO-2"])
        #expect(rows.first?.OrderTotalAmount == Decimal(string: "104.8"))
        #expect(rows.first?.AreTotalsCalculated == .Yes)
        let parts = try asked(transport)
        #expect(parts["path"] == "/data/SalesOrderHeadersV2")
        #expect(parts["$filter"] == "dataAreaId eq 'usmf' and CustomersOrderReference eq '000000123'")
        #expect(parts["$top"] == "2")
    }

    @Test("An order is read by its key; one that is not there is nil")
    func salesOrder() async throws {
        let transport = ScriptedTransport(
            .answer(200, #"{"dataAreaId":"usmf","SalesOrderNumber":"SO-1"}"#))
        let client = DynamicsClient(odata: odata(transport))
        #expect(try await client.salesOrder(number: "SO-1", dataAreaId: "USMF")?.SalesOrderNumber == "SO-1")
        #expect(
            try asked(transport)["path"] == "/data/SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='SO-1')")
        let empty = DynamicsClient(odata: odata(ScriptedTransport(.answer(404))))
        #expect(try await empty.salesOrder(number: "SO-2", dataAreaId: "usmf") == nil)
    }

    @Test("Lines come in the order of their numbers")
    func lines() async throws {
        let transport = ScriptedTransport(
            .answer(
                200,
                """
                {"value":[
                 {"dataAreaId":"usmf","InventoryLotId":"L2","SalesOrderNumber":"SO-1","LineNumber":10},
                 {"dataAreaId":"usmf","InventoryLotId":"L1","SalesOrderNumber":"SO-1","LineNumber":2.0}]}
                """))
        let lines = try await DynamicsClient(odata: odata(transport))
            .salesOrderLines(salesOrderNumber: "SO-1", dataAreaId: "usmf")
        #expect(lines.map(\.InventoryLotId) == ["L1", "L2"])
        #expect(try asked(transport)["$filter"] == "dataAreaId eq 'usmf' and SalesOrderNumber eq 'SO-1'")
        #expect(try asked(transport)["$top"] == nil)
    }

    @Test("A new customer sends what is set and nothing else")
    func createCustomer() async throws {
        let transport = ScriptedTransport(.answer(201, #"{"dataAreaId":"usmf","CustomerAccount":"C-1"}"#))
        var customer = NewCustomer(dataAreaId: "usmf", PartyType: .Person)
        customer.PersonFirstName = "Ines"
        customer.PersonLastName = "Falk"
        customer.AddressCountryRegionId = CountryRegion.alpha3("DE")
        let row = try await DynamicsClient(odata: odata(transport)).createCustomer(customer)
        #expect(row.CustomerAccount == "C-1")
        #expect(
            transport.requests.first?.text
                == #"{"AddressCountryRegionId":"DEU","PartyType":"Person","PersonFirstName":"Ines","#
                + #""PersonLastName":"Falk","dataAreaId":"usmf"}"#
        )
    }

    @Test("A new order and its lines are spelled as D365 spells them")
    func createOrder() async throws {
        let transport = ScriptedTransport(
            .answer(201, #"{"dataAreaId":"usmf","SalesOrderNumber":"SO-1"}"#),
            .answer(
                201,
                """
                {"dataAreaId":"usmf","SalesOrderNumber":"SO-1","InventoryLotId":"L1","LineNumber":1,
                 "SalesPrice":49.90}
                """
            ))
        let client = DynamicsClient(odata: odata(transport))
        var header = NewSalesOrderHeader(dataAreaId: "usmf", OrderingCustomerAccountNumber: "C-1")
        header.CustomersOrderReference = "000000123"
        header.IsDeliveryAddressOrderSpecific = .Yes
        header.RequestedShippingDate = ODataDate(year: 2026, month: 1, day: 16)
        let order = try await client.createSalesOrderHeader(header)
        var line = NewSalesOrderLine(dataAreaId: "usmf", SalesOrderNumber: order.SalesOrderNumber, LineNumber: 1)
        line.ItemNumber = "A0001"
        line.OrderedSalesQuantity = 2
        line.SalesPrice = Decimal(string: "49.90")
        let created = try await client.createSalesOrderLine(line)
        #expect(created.SalesPrice == line.SalesPrice)
        #expect(
            transport.requests.map(\.text) == [
                #"{"CustomersOrderReference":"000000123","IsDeliveryAddressOrderSpecific":"Yes","#
                    + #""OrderingCustomerAccountNumber":"C-1","RequestedShippingDate":"2026-01-16T12:00:00Z","#
                    + #""dataAreaId":"usmf"}"#,
                #"{"ItemNumber":"A0001","LineNumber":1,"OrderedSalesQuantity":2,"SalesOrderNumber":"SO-1","#
                    + #""SalesPrice":49.9,"dataAreaId":"usmf"}"#,
            ])
        #expect(transport.requests.last?.url.hasSuffix("/data/SalesOrderLinesV3?cross-company=true") == true)
    }

    @Test("An invoice is read with its lines, in the order in which they were made")
    func invoice() async throws {
        let transport = ScriptedTransport(
            .answer(
                200,
                """
                {"value":[{"dataAreaId":"usmf","InvoiceNumber":"CIV-1","InvoiceDate":"2026-01-15T12:00:00Z",
                 "SalesOrderNumber":"SO-1","CustomersOrderReference":"000000123","TotalInvoiceAmount":242.0}]}
                """),
            .answer(
                200,
                """
                {"value":[
                 {"dataAreaId":"usmf","InvoiceNumber":"CIV-1","LineCreationSequenceNumber":2,"InvoicedQuantity":1.5},
                 {"dataAreaId":"usmf","InvoiceNumber":"CIV-1","LineCreationSequenceNumber":1.0,"InvoicedQuantity":2,
                  "ProductNumber":"A0001"}]}
                """))
        let client = DynamicsClient(odata: odata(transport))
        let header = try #require(
            try await client.salesInvoiceHeaders(invoiceNumber: "CIV-1", dataAreaId: "usmf").first)
        #expect(header.InvoiceDate == ODataDate(year: 2026, month: 1, day: 15))
        #expect(header.TotalInvoiceAmount == 242)
        let lines = try await client.salesInvoiceLines(invoiceNumber: "CIV-1", dataAreaId: "usmf")
        #expect(lines.map(\.LineCreationSequenceNumber) == [1, 2])
        #expect(lines.first?.ProductNumber == "A0001")
        #expect(
            transport.requests.map { $0.url.contains("/data/SalesInvoiceHeadersV2?") } == [true, false])
        #expect(transport.requests.last?.url.contains("/data/SalesInvoiceV3Lines?") == true)
    }

    @Test("A check reads one row of an entity set, whatever its name")
    func ping() async throws {
        let transport = ScriptedTransport(Self.none)
        try await DynamicsClient(odata: odata(transport)).ping("SalesOrderHeadersV4")
        #expect(
            transport.requests.map(\.url) == [
                "https://contoso.operations.dynamics.com/data/SalesOrderHeadersV4"
                    + "?$select=dataAreaId&$top=1&cross-company=true"
            ])
    }

    @Test("Calls go to the entity sets that are configured")
    func names() async throws {
        let names = EntitySetNames(salesOrderHeaders: "SalesOrderHeadersV4", salesOrderLines: "SalesOrderLines")
        let transport = ScriptedTransport(Self.none, Self.none)
        let client = DynamicsClient(odata: odata(transport), names: names)
        _ = try await client.findSalesOrders(customersOrderReference: "1", dataAreaId: "usmf")
        _ = try await client.salesOrderLines(salesOrderNumber: "1", dataAreaId: "usmf")
        #expect(
            transport.requests.map { $0.url.split(separator: "?")[0].split(separator: "/").last }
                == ["SalesOrderHeadersV4", "SalesOrderLines"])
    }

    @Test("The environment lists its entity sets; the call may take as long as the first one after a restart")
    func entitySets() async throws {
        let transport = ScriptedTransport(
            .answer(
                200,
                """
                {"@odata.context":"x","value":[{"name":"CustomersV3","kind":"EntitySet","url":"CustomersV3"},
                 {"name":"Odd","kind":"Singleton","url":"Odd"}]}
                """))
        #expect(try await DynamicsClient(odata: odata(transport)).entitySets() == ["CustomersV3", "Odd"])
        #expect(transport.requests.map(\.url) == ["https://contoso.operations.dynamics.com/data/"])
        #expect(transport.requests.map(\.timeout) == [.seconds(300)])
    }

    @Test("A set that is not there is named")
    func pingFails() async {
        let fault = await fault { try await DynamicsClient(odata: odata(ScriptedTransport(.answer(404)))).ping("X") }
        #expect(fault == .notFound(ODataCall(method: "GET", entitySet: "X")))
        #expect(fault?.reason.advice?.contains("dynamics.entities") == true)
    }
}
