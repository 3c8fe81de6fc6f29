import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("The operator API's events")
struct EventRoutesTests {
    @Test("lists events with their deliveries, and says how to go on")
    func list() async throws {
        let routes = try OperatorFixture.routes(events: 3)
        let page = await routes.asOperator(
            .get, "/events",
            query: "limit=2&state=parked&subject=order%20000000042&kind=order&before=9&flow=OrderToSalesOrder"
                + "&lane=dynamics/OrderToSalesOrder&reason=unknown-item&since=2026-01-01T09:00:00Z")
        #expect(page.status == .ok && page.json("next") == "2")
        #expect(
            routes.store.with { $0.filter }
                == EventFilter(
                    state: .parked, subject: "order 000000042", kind: "order", flow: "OrderToSalesOrder",
                    lane: "dynamics/OrderToSalesOrder", reasonCode: "unknown-item",
                    since: Timestamp(millisecondsSince1970: 1_767_258_000_000), before: EventID(9), limit: 2))
        #expect(page.text.contains(#""receivedAt":"2026-01-01T10:00:12.447Z""#))
        #expect(page.text.contains(#""reason":{"advice":"Release the item.","code":"unknown-item","#))
        #expect(await routes.asOperator(.get, "/events").json("next") == nil)
    }

    @Test("lists every state", arguments: DeliveryState.allCases)
    func states(state: DeliveryState) async throws {
        let routes = try OperatorFixture.routes()
        _ = await routes.asOperator(.get, "/events", query: "state=\(state.rawValue)")
        #expect(routes.store.with { $0.filter?.state } == state)
    }

    @Test(
        "understands times as people write them",
        arguments: [
            ("2026-01-01T09:00:00Z", 1_767_258_000_000), ("2026-01-01T09:00:00.250Z", 1_767_258_000_250),
            ("2026-01-01T10:00:00%2B01:00", 1_767_258_000_000), ("2026-01-01", 1_767_225_600_000),
            ("1h", 1_767_258_012_447), ("250ms", 1_767_261_612_197),
        ])
    func times(since: String, milliseconds: Int64) async throws {
        let routes = try OperatorFixture.routes()
        _ = await routes.asOperator(.get, "/events", query: "since=\(since)")
        #expect(routes.store.with { $0.filter?.since } == Timestamp(millisecondsSince1970: milliseconds))
    }

    @Test(
        "refuses filters that it does not understand, and names them",
        arguments: [
            ("state=broken", "state"), ("limit=0", "limit"), ("limit=501", "limit"), ("limit=x", "limit"),
            ("before=x", "before"), ("stat=parked", "stat"), ("kind=a&kind=b", "kind"), ("since=now", "since"),
            ("since=2026-13-01", "since"), ("since=2026-01-01x", "since"), ("since=2026-01-01T09:00:00", "since"),
            ("since=-1h", "since"), ("since=1767258000000", "since"),
            ("since=99999999999999999999d", "since"), ("since=9000000000000000d", "since"),
        ])
    func badFilters(query: String, name: String) async throws {
        let response = try await OperatorFixture.routes().asOperator(.get, "/events", query: query)
        #expect(response.status == .badRequest && response.problemSlug == "invalid-parameter")
        #expect(response.problemDetail.contains(name))
    }

    @Test("shows everything about one event")
    func show() async throws {
        let page = try await OperatorFixture.routes().asOperator(.get, "/events/1")
        #expect(page.status == .ok && page.json("bodyDigest") == "abcd")
        for part in [
            #""steps":[{"concludedAt":"2026-01-01T10:00:12.447Z","intendedAt":"2026-01-01T10:00:12.447Z","#,
            #""name":"customer","result":"C-1"},{"#,
            #""milliseconds":40"#, #""target":"/data/SalesOrderHeadersV2""#,
            #""identifiers":{"ms-dyn-aid":"4f5c"}"#, #""receivedHeaders":{"retry-after":"5"}"#,
            #""sentHeaders":{"prefer":"return=representation"}"#,
            #""links":[{"key":"a@b.c","kind":"customer","scope":"usmf","value":"C-1"}]"#,
        ] { #expect(page.text.contains(part)) }
    }

    @Test("gives the body as bytes that no browser runs")
    func body() async throws {
        let response = try await OperatorFixture.routes().asOperator(.get, "/events/1/body")
        #expect(response.text == "body of 1")
        #expect(response.headers[.contentType] == "application/octet-stream")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test("says that a body is no longer kept")
    func bodyGone() async throws {
        let routes = try OperatorFixture.routes()
        routes.store.with { $0.repair.bodiless = [EventID(1)] }
        let response = await routes.asOperator(.get, "/events/1/body")
        #expect(response.status == .conflict && response.problemSlug == "body-gone")
    }

    @Test("answers 404 for events that do not exist", arguments: ["2", "0", "-1", "x", "99999999999999999999"])
    func unknownEvent(id: String) async throws {
        let routes = try OperatorFixture.routes()
        for path in ["/events/\(id)", "/events/\(id)/body"] {
            #expect(await routes.asOperator(.get, path).problemSlug == "unknown-event")
        }
        for verb in ["replay", "release", "skip"] {
            let response = await routes.asOperator(
                .post, "/events/\(id)/\(verb)", body: "{\(OperatorFixture.who)}")
            #expect(response.problemSlug == "unknown-event")
        }
    }
}
