import Foundation
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Reading from the simulated D365")
struct ODataReadTests {
    struct Query: CustomTestStringConvertible {
        let query: String
        let found: [String]
        var testDescription: String { query }
    }

    @Test(
        "Filters find what F&O would find",
        arguments: [
            Query(query: "", found: ["SO-000001", "SO-000002", "SO-000003"]),
            Query(query: "cross-company=true", found: ["SO-000001", "SO-000002", "SO-000003", "SO-000001"]),
            Query(query: "$filter=dataAreaId eq 'dat'", found: []),
            Query(query: "cross-company=true&$filter=dataAreaId eq 'DAT'", found: ["SO-000001"]),
            Query(
                query: "cross-company=true&$filter=dataAreaId eq 'usmf' and CustomersOrderReference eq '000000002'",
                found: ["SO-000002"]),
            Query(query: "$filter=(CustomersOrderReference eq 'O''Neil')", found: ["SO-000003"]),
            Query(query: "$filter=CustomersOrderReference eq '00000000*'", found: ["SO-000001", "SO-000002"]),
            Query(query: "$filter=CustomersOrderReference eq '*nei*'", found: ["SO-000003"]),
            Query(
                query: "$filter=not (CustomersOrderReference eq '000000001') and OrderTotalAmount eq 0",
                found: ["SO-000002", "SO-000003"]),
            Query(
                query: "$filter=SalesOrderNumber eq 'SO-000001' or SalesOrderNumber eq 'SO-000003'",
                found: ["SO-000001", "SO-000003"]),
            Query(
                query: "$filter=SalesOrderNumber gt 'SO-000001' and SalesOrderNumber le 'SO-000002'",
                found: ["SO-000002"]),
            Query(
                query: "$filter=SalesOrderStatus eq Microsoft.Dynamics.DataEntities.SalesStatus'Backorder'&$top=1",
                found: ["SO-000001"]),
            Query(query: "$filter=OrderCreationDateTime ge 2026-01-01T10:00:13Z", found: []),
            Query(query: "$orderby=SalesOrderNumber desc&$top=2", found: ["SO-000003", "SO-000002"]),
            Query(query: "$orderby=SalesOrderNumber&$skip=1&$top=1", found: ["SO-000002"]),
        ])
    func filters(_ row: Query) async throws {
        let answer = try await stageWithOrders().data(.get, "SalesOrderHeadersV2?" + row.query)
        #expect(answer.status == 200, "\(answer.body)")
        #expect(numbers(answer) == row.found)
    }

    @Test(
        "A query that F&O would not understand is refused and says why",
        arguments: [
            ("SalesOrderHeadersV2?$filter=customersOrderReference eq '1'", "customersOrderReference"),
            ("SalesOrderHeadersV2?$filter=CustomersOrderReference eq 1", "Edm.String"),
            ("SalesOrderHeadersV2?$filter=OrderTotalAmount eq '1'", "Edm.Decimal"),
            ("SalesOrderHeadersV2?$filter=SalesOrderStatus eq 'Backorder'", "NoYes'Yes'"),
            (
                "SalesOrderHeadersV2?$filter=SalesOrderStatus eq Microsoft.Dynamics.DataEntities.SalesStatus'Odd'",
                "Odd"
            ),
            ("SalesOrderHeadersV2?$filter=CustomersOrderReference eq 'O'Neil'", "no enumeration type"),
            ("SalesOrderHeadersV2?$filter=CustomersOrderReference eq 'O''Neil", "unterminated"),
            ("SalesOrderHeadersV2?$filter=contains(CustomersOrderReference,'1')", "not supported"),
            ("SalesOrderHeadersV2?$filter=CustomersOrderReference in ('1','2')", "eq, ne, gt, ge, lt or le"),
            ("SalesOrderHeadersV2?$filter=CustomersOrderReference eq", "literal was expected"),
            ("SalesOrderHeadersV2?$filter=(CustomersOrderReference eq '1'", "closing parenthesis"),
            ("SalesOrderHeadersV2?$filter=CustomersOrderReference eq '1' SalesOrderNumber", "end was expected"),
            ("SalesOrderHeadersV2?$select=Nope", "Nope"), ("SalesOrderHeadersV2?$orderby=Nope", "Nope"),
            ("SalesOrderHeadersV2?$expand=Lines", "Lines"),
            ("SalesInvoiceHeadersV2?$expand=SalesInvoiceLinesV3($select=Nope)", "Nope"),
            ("SalesInvoiceHeadersV2?$expand=SalesInvoiceLinesV3($expand=SalesInvoiceHeaderV2)", "not supported"),
            ("SalesOrderHeadersV2?$top=-1", "$top"), ("SalesOrderHeadersV2?$count=yes", "$count"),
            ("SalesOrderHeadersV2?$search=x", "$search"),
            ("SalesOrderHeadersV2(SalesOrderNumber='SO-000001')", "dataAreaId"),
            ("SalesOrderHeadersV2('SO-000001')", "key"),
        ])
    func refusals(_ path: String, _ text: String) async throws {
        let answer = try await Stage().data(.get, path)
        #expect(answer.status == 400, "\(answer.body)")
        #expect(try answer.text("error.innererror.message").contains(text), "\(answer.body)")
    }

    @Test(
        "Unknown sets are not found, SalesOrderLinesV2 among them", arguments: ["SalesOrderLinesV2", "customersv3"])
    func unknownSet(_ set: String) async throws {
        #expect(try await Stage().data(.get, set).status == 404)
    }

    @Test("A key reads one row; rows of other companies need cross-company=true")
    func keys() async throws {
        let stage = try await stageWithOrders()
        let key = "SalesOrderHeadersV2(dataAreaId='usmf',SalesOrderNumber='SO-000002')"
        let answer = try await stage.data(.get, key)
        #expect(try answer.text("CustomersOrderReference") == "000000002")
        #expect(try answer.text("@odata.etag").hasPrefix("W/\""))
        let other = "SalesOrderHeadersV2(dataAreaId='DAT',SalesOrderNumber='SO-000001')"
        #expect(try await stage.data(.get, other).status == 404)
        #expect(try await stage.data(.get, other + "?cross-company=true").text("dataAreaId") == "dat")
        #expect(try await stage.data(.get, "CustomersV3(dataAreaId='usmf',CustomerAccount='no')").status == 404)
    }

    @Test("$select trims the rows, $count counts all that match, and an unset field shows its empty value")
    func selectAndCount() async throws {
        let stage = try await stageWithOrders()
        let answer = try await stage.data(
            .get, "SalesOrderHeadersV2?$select=SalesOrderNumber,RequestedShippingDate&$count=true&$top=1")
        #expect(try answer.number("@odata.count") == 3)
        #expect(answer["value.0"]?.objectValue?.keys == ["@odata.etag", "SalesOrderNumber", "RequestedShippingDate"])
        #expect(try answer.text("value.0.RequestedShippingDate") == "1900-01-01T00:00:00Z")
        #expect(try await stage.data(.get, "SalesOrderHeadersV2/$count?cross-company=true").body == "4")
    }

    @Test("Related rows come with their row, one level deep")
    func expand() async throws {
        let stage = try await stageWithOrders()
        for order in ["SO-000001", "SO-000002"] {
            try await stage.createLine(order)
            try await stage.dynamics.postInvoice(salesOrder: order, dataAreaId: "usmf")
        }
        let answer = try await stage.data(
            .get, "SalesInvoiceHeadersV2?$select=SalesOrderNumber&$expand=SalesInvoiceLinesV3($select=ProductNumber)")
        #expect(answer["value"]?.arrayValue?.count == 2)
        #expect(answer["value.1.SalesInvoiceLinesV3"]?.arrayValue?.count == 1)
        #expect(try answer.text("value.1.SalesInvoiceLinesV3.0.ProductNumber") == "MUG-01")
    }

    @Test("Pages are chained by nextLink, which keeps the query and ends")
    func paging() async throws {
        let stage = try await stageWithOrders { $0.dynamics.pageSize = 2 }
        var path = "SalesOrderHeadersV2?cross-company=true&$orderby=SalesOrderNumber&$top=3"
        var found: [[String]] = []
        for _ in 0..<5 {
            let answer = try await stage.data(.get, path)
            found.append(numbers(answer))
            guard let link = answer["@odata.nextLink"]?.stringValue else { break }
            path = String(link.dropFirst("\(stage.dynamics.environmentURL)/data/".count))
        }
        #expect(found == [["SO-000001", "SO-000001"], ["SO-000002"]])
    }

    private func stageWithOrders(_ change: (inout SandboxConfiguration) -> Void = { _ in }) async throws -> Stage {
        let stage = try Stage(RecordingTransport(), change)
        let account = try await stage.createCustomer()
        for reference in ["000000001", "000000002", "O'Neil"] {
            try await stage.createOrder(account, reference: reference)
        }
        let other = try await stage.createCustomer("b@example.com", area: "dat")
        try await stage.createOrder(other, reference: "000000002", area: "dat")
        return stage
    }

    private func numbers(_ answer: Answer) -> [String] {
        answer["value"]?.arrayValue?.compactMap { $0.objectValue?["SalesOrderNumber"]?.stringValue } ?? []
    }
}
