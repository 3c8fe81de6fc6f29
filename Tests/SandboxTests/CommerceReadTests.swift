import Foundation
import HTTPTypes
import JSON
import Testing

@testable import Sandbox

@Suite("Reading from the simulated Commerce")
struct CommerceReadTests {
    struct Refused: CustomTestStringConvertible {
        let testDescription: String
        let method: HTTPRequest.Method
        let path: String
        let status: Int
        let text: String
    }

    @Test(
        "A wrong request is refused in Commerce's own words",
        arguments: [
            Refused(
                testDescription: "unknown route", method: .get, path: "carts", status: 404,
                text: "Request does not match any route."),
            Refused(
                testDescription: "wrong method", method: .delete, path: "orders/1", status: 404,
                text: "Request does not match any route."),
            Refused(
                testDescription: "unknown order", method: .get, path: "orders/1", status: 404,
                text: "The entity that was requested doesn't exist. Verify the entity and try again."),
            Refused(
                testDescription: "increment id as entity id", method: .get, path: "orders/000000001", status: 404,
                text: "The entity that was requested doesn't exist. Verify the entity and try again."),
            Refused(
                testDescription: "no number", method: .get, path: "orders/abc", status: 400,
                text: #"The "%1" value's type is invalid. The "%2" type was expected. Verify and try again."#),
            Refused(
                testDescription: "no searchCriteria", method: .get, path: "orders", status: 400,
                text: #""%fieldName" is required. Enter and try again."#),
            Refused(
                testDescription: "unknown column", method: .get,
                path: "orders?searchCriteria[filter_groups][0][filters][0][field]=nope&"
                    + "searchCriteria[filter_groups][0][filters][0][value]=1",
                status: 400, text: "Column not found: 1054 Unknown column '%1' in 'where clause'"),
            Refused(
                testDescription: "unknown condition", method: .get,
                path: "orders?searchCriteria[filter_groups][0][filters][0][condition_type]=about", status: 400,
                text: #"Unknown condition type "%1"."#),
            Refused(
                testDescription: "unknown parameter", method: .get, path: "orders?searchCriteria=&page=2",
                status: 400, text: #"Unknown parameter "%1"."#),
            Refused(
                testDescription: "fields that don't close", method: .get,
                path: "orders?searchCriteria=&fields=items[",
                status: 400, text: #"Invalid "fields": "%1"."#),
        ])
    func refusals(_ row: Refused) async throws {
        let stage = try Stage()
        try stage.commerce.register(.simple(incrementID: "000000001"))
        let answer = try await stage.commerce(row.method, row.path)
        #expect(answer.status == row.status)
        #expect(try answer.text("message") == row.text)
    }

    @Test("Without the right token every known route answers 401 with the message that names no resource")
    func unauthorized() async throws {
        let answer = try await Stage().commerce(.get, "orders?searchCriteria=", token: "wrong")
        #expect(answer.status == 401)
        #expect(try answer.text("message") == "The consumer isn't authorized to access %resources.")
        #expect(try answer.text("parameters.resources") == "Magento_Sales::actions_view")
    }

    struct Search: CustomTestStringConvertible {
        let query: String
        let found: [String]
        var testDescription: String { query }
    }

    /// `G` and `F` are the indexes of the parts, which may have gaps.
    @Test(
        "Filters, groups, sorting and pages find what Commerce would find",
        arguments: [
            Search(query: "increment_id eq 000000002", found: ["000000002"]),
            Search(query: "increment_id in 000000001,000000003", found: ["000000001", "000000003"]),
            Search(query: "increment_id nin 000000001,000000003", found: ["000000002", "2000000004"]),
            Search(query: "store_id eq 2", found: ["2000000004"]),
            Search(query: "store_id neq 2", found: ["000000001", "000000002", "000000003"]),
            Search(query: "created_at gteq 2026-01-01 10:00:32", found: ["000000003", "2000000004"]),
            Search(query: "created_at lt 2026-01-01 10:00:22", found: ["000000001"]),
            Search(query: "ext_order_id null", found: ["000000001", "000000002", "000000003", "2000000004"]),
            Search(query: "ext_order_id notnull", found: []),
            Search(query: "customer_email like guest-%25", found: ["000000003"]),
            Search(query: "customer_email eq GUEST-000000003@example.com", found: ["000000003"]),
            Search(query: "ext_order_id eq SO-1", found: []),
        ])
    func search(_ row: Search) async throws {
        let stage = try await stageWithFourOrders()
        let parts = row.query.split(separator: " ", maxSplits: 2).map(String.init)
        let filter = "searchCriteria[filterGroups][3][filters][7]"
        let query =
            "\(filter)[field]=\(parts[0])&\(filter)[conditionType]=\(parts[1])"
            + (parts.count > 2 ? "&\(filter)[value]=\(parts[2].replacing(" ", with: "+"))" : "")
        let answer = try await stage.commerce(.get, "orders?" + query)
        #expect(incrementIDs(answer) == row.found)
        #expect(try answer.number("total_count") == Decimal(row.found.count))
    }

    @Test("Filters of one group are alternatives, groups must all hold")
    func groups() async throws {
        let stage = try await stageWithFourOrders()
        let answer = try await stage.commerce(
            .get,
            "orders?searchCriteria[filter_groups][0][filters][0][field]=increment_id"
                + "&searchCriteria[filter_groups][0][filters][0][value]=000000001"
                + "&searchCriteria[filter_groups][0][filters][1][field]=increment_id"
                + "&searchCriteria[filter_groups][0][filters][1][value]=2000000004"
                + "&searchCriteria[filter_groups][1][filters][0][field]=store_id"
                + "&searchCriteria[filter_groups][1][filters][0][value]=2")
        #expect(incrementIDs(answer) == ["2000000004"])
    }

    @Test(
        "A page past the end repeats the last page, as Commerce does",
        arguments: [
            (1, ["000000001", "000000002", "000000003"]), (2, ["2000000004"]), (3, ["2000000004"]),
            (99, ["2000000004"]), (0, ["000000001", "000000002", "000000003"]),
        ])
    func paging(_ page: Int, _ found: [String]) async throws {
        let stage = try await stageWithFourOrders()
        let answer = try await stage.commerce(
            .get, "orders?searchCriteria[pageSize]=3&searchCriteria[currentPage]=\(page)")
        #expect(incrementIDs(answer) == found)
        #expect(try answer.number("total_count") == 4)
    }

    @Test("The default direction of sorting is downwards")
    func sorting() async throws {
        let stage = try await stageWithFourOrders()
        let down = try await stage.commerce(.get, "orders?searchCriteria[sortOrders][0][field]=entity_id")
        #expect(incrementIDs(down) == ["2000000004", "000000003", "000000002", "000000001"])
        let up = try await stage.commerce(
            .get,
            "orders?searchCriteria[sortOrders][0][field]=created_at&searchCriteria[sortOrders][0][direction]=asc")
        #expect(incrementIDs(up) == ["000000001", "000000002", "000000003", "2000000004"])
    }

    @Test("fields= trims the answer to what is named")
    func fields() async throws {
        let stage = try await stageWithFourOrders()
        let answer = try await stage.commerce(
            .get, "orders?searchCriteria[pageSize]=1&fields=items[increment_id,items[sku]],total_count")
        #expect(
            answer.body == """
                {"items":[{"increment_id":"000000001","items":[{"sku":"MUG-01"},{"sku":"LAMP-02"}]}],"total_count":4}
                """)
    }

    private func stageWithFourOrders() async throws -> Stage {
        let stage = try Stage()
        for order in [
            SandboxOrder.simple(incrementID: "000000001"), .configurable(incrementID: "000000002"),
            .guest(incrementID: "000000003"), .virtual(incrementID: "2000000004").with(storeID: 2),
        ] {
            try stage.commerce.register(order)
            stage.clock.advance(10)
        }
        return stage
    }

    private func incrementIDs(_ answer: Answer) -> [String] {
        answer["items"]?.arrayValue?.compactMap { $0.objectValue?["increment_id"]?.stringValue } ?? []
    }
}
