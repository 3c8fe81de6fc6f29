import Foundation
import HTTPServer
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Changing rows in the simulated D365")
struct ODataChangeTests {
    private static let order = "SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='SO-000001')"
    private static let customer = "CustomersV3(dataAreaId='usmf',CustomerAccount='C-000001')"
    private static let line = "SalesOrderLinesV3(dataAreaId='usmf',InventoryLotId='LOT-000001')"

    private func stageWithLine() async throws -> Stage {
        let stage = try Stage()
        try await stage.createOrder(try await stage.createCustomer())
        try await stage.createLine("SO-000001")
        return stage
    }

    @Test("A change answers 204, keeps what was not sent, and gives the row a new ETag")
    func change() async throws {
        let stage = try await stageWithLine()
        let before = try await stage.data(.get, Self.order).text("@odata.etag")
        let answer = try await stage.data(
            .patch, Self.order, #"{"CustomersOrderReference":"000000009"}"#, ifMatch: before)
        #expect(answer.status == 204)
        #expect(answer.body.isEmpty)
        let after = try await stage.data(.get, Self.order)
        #expect(try after.text("@odata.etag") != before)
        #expect(try after.text("DefaultShippingSiteId") == "1")
        // Found under its new value, and no longer under the old one.
        #expect(stage.dynamics.orders(reference: "000000009", dataAreaId: "usmf").count == 1)
        #expect(stage.dynamics.orders(reference: "000000001", dataAreaId: "usmf").isEmpty)
    }

    @Test(
        "A change is for one version, for any, or as F&O takes it for none",
        arguments: [("*", 204), (nil, 204), ("W/\"other\"", 412), ("", 412)])
    func ifMatch(_ etag: String?, _ status: Int) async throws {
        let stage = try await stageWithLine()
        let body = #"{"Email":"a@example.com"}"#
        #expect(try await stage.data(.patch, Self.order, body, ifMatch: etag).status == status)
        #expect(try await stage.data(.delete, Self.line, ifMatch: etag).status == status)
    }

    @Test("Whoever saves the row first makes the other's version stale, for as often as it was asked")
    func rival() async throws {
        let stage = try await stageWithLine()
        stage.dynamics.changeRowsBeforeNextUpdates()
        for status in [412, 204] {
            let etag = try await stage.data(.get, Self.order).text("@odata.etag")
            #expect(try await stage.data(.patch, Self.order, #"{"Email":"x"}"#, ifMatch: etag).status == status)
        }
    }

    @Test("F&O computes the amounts anew when a line changes or goes")
    func amounts() async throws {
        let stage = try await stageWithLine()
        #expect(
            try await stage.data(.patch, Self.line, #"{"OrderedSalesQuantity":3,"SalesPrice":0.1}"#).status == 204)
        #expect(try await stage.data(.get, Self.line).number("LineAmount") == Decimal(string: "0.3"))
        #expect(try await stage.data(.get, Self.order).number("OrderTotalAmount") == Decimal(string: "0.3"))
        #expect(try await stage.data(.delete, Self.line).status == 204)
        #expect(try await stage.data(.get, Self.order).number("OrderTotalAmount") == 0)
        #expect(try await stage.data(.get, Self.line).status == 404)
        #expect(try await stage.data(.get, "SalesOrderLinesV3/$count").body == "0")
        #expect(stage.dynamics.snapshot().orders.first?.lines.isEmpty == true)
    }

    struct Refused: CustomTestStringConvertible {
        let testDescription: String
        let method: HTTPRequest.Method
        let path: String
        let body: String?
        let status: Int
        let text: String

        init(
            _ description: String, _ method: HTTPRequest.Method, _ path: String, _ body: String?, _ status: Int,
            _ text: String
        ) {
            (testDescription, self.method, self.path, self.body) = (description, method, path, body)
            (self.status, self.text) = (status, text)
        }
    }

    @Test(
        "What F&O would refuse is refused, in its own shape",
        arguments: [
            Refused("unknown property", .patch, order, #"{"Nope":1}"#, 400, "'Nope'"),
            Refused("read-only property", .patch, order, #"{"SalesOrderStatus":"Invoiced"}"#, 400, "read-only"),
            Refused("wrong type", .patch, line, #"{"SalesPrice":"1"}"#, 400, "Edm.Decimal"),
            Refused("unknown symbol", .patch, customer, #"{"OnHoldStatus":"Maybe"}"#, 400, "CustVendorBlocked"),
            Refused("part of the key", .patch, order, #"{"SalesOrderNumber":"SO-9"}"#, 400, "part of the key"),
            Refused("required and empty", .patch, customer, #"{"CustomerGroupId":""}"#, 400, "must be filled in"),
            Refused("unknown currency", .patch, customer, #"{"SalesCurrencyCode":"XXX"}"#, 400, "Currency"),
            Refused("no quantity", .patch, line, #"{"OrderedSalesQuantity":0}"#, 400, "greater than zero"),
            Refused("no object", .patch, order, "[]", 400, "no JSON object"),
            Refused(
                "a part of the key", .patch, "CustomersV3(CustomerAccount='C-000001')", "{}", 400, "dataAreaId"),
            Refused("no such row", .patch, order.replacing("000001", with: "000009"), "{}", 404, "No row"),
            Refused("no such set", .delete, "Nopes(dataAreaId='usmf')", nil, 404, "'Nopes'"),
            Refused("the whole set", .delete, "CustomersV3", nil, 405, "DELETE"),
            Refused("the whole set changed", .patch, "CustomersV3", "{}", 405, "PATCH"),
            Refused("a create at a key", .post, customer, "{}", 405, "POST"),
            Refused("dependent lines", .delete, order, nil, 500, "order lines exist"),
            Refused("dependent orders", .delete, customer, nil, 500, "sales orders exist"),
        ])
    func refusals(_ row: Refused) async throws {
        let stage = try await stageWithLine()
        let answer = try await stage.data(row.method, row.path, row.body)
        #expect(answer.status == row.status, "\(answer.body)")
        #expect(try answer.text("error.innererror.message").contains(row.text), "\(answer.body)")
    }

    @Test("Rows of other companies need cross-company=true")
    func company() async throws {
        let stage = try Stage()
        try await stage.createCustomer(area: "dat")
        let path = "CustomersV3(dataAreaId='dat',CustomerAccount='C-000001')"
        #expect(try await stage.data(.patch, path, #"{"NameAlias":"x"}"#).status == 404)
        #expect(try await stage.data(.patch, path + "?cross-company=true", #"{"NameAlias":"x"}"#).status == 204)
        #expect(try await stage.data(.delete, path + "?cross-company=true").status == 204)
        #expect(stage.dynamics.snapshot().customers.isEmpty)
    }

    @Test("An order that is invoiced changes no more, and invoices never do")
    func closed() async throws {
        let stage = try await stageWithLine()
        try await stage.dynamics.postInvoice(salesOrder: "SO-000001", dataAreaId: "usmf")
        for (path, body) in [(Self.order, #"{"Email":"x"}"#), (Self.line, #"{"SalesPrice":1}"#)] {
            let answer = try await stage.data(.patch, path, body)
            #expect(try answer.text("error.innererror.message").contains("is not open"))
        }
        let row = try #require(try await stage.data(.get, "SalesInvoiceHeadersV2")["value.0"]?.objectValue)
        let key = try ["InvoiceNumber", "LedgerVoucher"].map { "\($0)='\(try #require(row[$0]?.stringValue))'" }
        let date = try #require(row["InvoiceDate"]?.stringValue)
        let path = "SalesInvoiceHeadersV2(dataAreaId='usmf',InvoiceDate=\(date),\(key.joined(separator: ",")))"
        #expect(try await stage.data(.get, path).status == 200)
        #expect(try await stage.data(.delete, path).text("error.innererror.message").contains("not allowed"))
    }

    @Test("The business logic refuses the next write, with either status", arguments: [400, 500])
    func askedRefusal(_ status: Int) async throws {
        let stage = try await stageWithLine()
        stage.dynamics.refuseNextWrite(infolog: "Out of paper", status: status)
        let answer = try await stage.data(.patch, Self.order, #"{"Email":"x"}"#)
        #expect(answer.status == status)
        #expect(try answer.text("error.innererror.message").contains("Infolog: Warning: Out of paper;"))
        #expect(try await stage.data(.patch, Self.order, #"{"Email":"x"}"#).status == 204)
    }
}

extension Stage {
    /// A call with `If-Match`.
    func data(
        _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil, ifMatch: String?
    ) async throws -> Answer {
        var headers: HTTPFields = [.authorization: "Bearer \(try await token().text("access_token"))"]
        if body != nil { headers[.contentType] = "application/json" }
        headers[.ifMatch] = ifMatch
        return Answer(
            await dynamics.respond(
                to: Request(method: method, path: "/data/" + path, headers: headers, body: Array((body ?? "").utf8))))
    }
}
