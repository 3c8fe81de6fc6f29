import Foundation
import HTTPClient
import Relay
import Testing

@testable import Commerce

@Suite("Searching")
struct SearchTests {
    @Test("Groups are joined by AND, the filters of a group by OR, and all of it is encoded")
    func query() {
        let criteria = SearchCriteria(
            [[.init("status", .eq, "a&b"), .init("status", .like, "%x")], [.init("ext_order_id", .null)]],
            sortedBy: [.init("entity_id"), .init("name", isAscending: false)], pageSize: 5, page: 2,
            fields: "items[sku]")
        let decoded = criteria.query.removingPercentEncoding ?? ""
        #expect(
            decoded == "?searchCriteria[filterGroups][0][filters][0][field]=status"
                + "&searchCriteria[filterGroups][0][filters][0][value]=a&b"
                + "&searchCriteria[filterGroups][0][filters][0][conditionType]=eq"
                + "&searchCriteria[filterGroups][0][filters][1][field]=status"
                + "&searchCriteria[filterGroups][0][filters][1][value]=%x"
                + "&searchCriteria[filterGroups][0][filters][1][conditionType]=like"
                + "&searchCriteria[filterGroups][1][filters][0][field]=ext_order_id"
                + "&searchCriteria[filterGroups][1][filters][0][value]="
                + "&searchCriteria[filterGroups][1][filters][0][conditionType]=null"
                + "&searchCriteria[sortOrders][0][field]=entity_id&searchCriteria[sortOrders][0][direction]=ASC"
                + "&searchCriteria[sortOrders][1][field]=name&searchCriteria[sortOrders][1][direction]=DESC"
                + "&searchCriteria[pageSize]=5&searchCriteria[currentPage]=2&fields=items[sku]")
        #expect(criteria.query.contains("=a%26b&"))
        #expect(criteria.query.contains("=%25x&"))
    }

    @Test("Criteria with indices that shops sort differently are refused before they are sent", arguments: [10, 11])
    func tooLong(_ count: Int) async throws {
        let transport = ScriptedTransport(#"{"items":[],"total_count":0}"#)
        let client = try CommerceClientTests.client(transport)
        let criteria = SearchCriteria((1...count).map { [.init("sku", .neq, "\($0)")] })
        let find = { try await client.search(.searchProducts, criteria) { node throws(OrderReadingError) in node } }
        if count > SearchCriteria.mostParts {
            let fault = await #expect(throws: CommerceFault.self) { _ = try await find() }
            #expect(fault?.kind == .rejected && transport.requests.isEmpty)
        } else {
            #expect(try await find().rows.isEmpty)
        }
    }

    @Test(
        "The sizes in use stay within what a shop with input limits takes",
        arguments: [(0, 1), (1, 1), (300, 300), (301, 300)])
    func pageSizes(_ asked: Int, _ used: Int) {
        #expect(BatchSizes(page: asked).page == used)
        #expect(BatchSizes(rows: asked).rows == max(asked, 1))
    }

    static let times: [(Int64, String)] = [
        (0, "1970-01-01 00:00:00"), (1_767_261_612_500, "2026-01-01 10:00:12"),
        (1_709_164_799_999, "2024-02-28 23:59:59"), (1_709_164_800_000, "2024-02-29 00:00:00"),
        (951_782_400_000, "2000-02-29 00:00:00"), (-1, "1969-12-31 23:59:59"),
        (4_107_542_399_000, "2100-02-28 23:59:59"),
    ]

    @Test("A moment is written as Commerce writes it, in UTC", arguments: times)
    func writesMoments(_ milliseconds: Int64, _ text: String) {
        #expect(CommerceTime.text(Timestamp(millisecondsSince1970: milliseconds)) == text)
        if milliseconds >= 0 {
            #expect(CommerceTime.parse(text)?.millisecondsSince1970 == milliseconds / 1000 * 1000)
        }
    }

    @Test("A poller asks for what is later, or as old with a higher number")
    func changes() async throws {
        let transport = ScriptedTransport(
            #"{"items":[{"id":7,"sku":"A","updated_at":"2026-01-01 10:00:12"}],"total_count":1}"#)
        let cursor = ChangeCursor(updatedAt: Timestamp(millisecondsSince1970: 1_767_261_612_000), entityID: 5)
        let changed = try await CommerceClientTests.client(transport).changes(in: .products, after: cursor)
        #expect(
            changed == [
                ChangedRecord(entityID: 7, name: "A", updatedAt: Timestamp(millisecondsSince1970: 1_767_261_612_000))
            ])
        let query = transport.requests[0].url.removingPercentEncoding ?? ""
        #expect(query.contains("[0][filters][0][conditionType]=gteq"))
        #expect(query.contains("[1][filters][0][conditionType]=gt&"))
        #expect(
            query.contains("[1][filters][1][field]=entity_id&searchCriteria[filterGroups][1][filters][1][value]=5"))
        #expect(cursor.goingBack(.seconds(60)).updatedAt.millisecondsSince1970 == 1_767_261_552_000)
    }
}
