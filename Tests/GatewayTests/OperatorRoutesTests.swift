import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

private let moment = Timestamp(millisecondsSince1970: 1_767_261_612_447)
private let parked = Reason(code: "unknown-item", message: "Item AB-1 is unknown.", advice: "Release the item.")

private func detail(_ id: Int64) -> EventDetail {
    let delivery = DeliveryOverview(
        id: DeliveryID(7), flow: "OrderToSalesOrder", lane: "dynamics/OrderToSalesOrder", state: .parked, attempt: 1,
        failures: 1, dueAt: moment, finishedAt: nil, reason: parked)
    let exchange = Exchange(
        step: "header", destination: "dynamics", method: "POST", target: "/data/SalesOrderHeadersV2", status: 400,
        sent: "{}", received: "no", startedAt: moment, milliseconds: 12)
    let record = AttemptRecord(startedAt: moment, finishedAt: moment + .milliseconds(40), exchanges: [exchange])
    return EventDetail(
        event: EventOverview(
            id: EventID(id), source: "commerce", kind: "order", subject: "order 000000042", receivedAt: moment,
            bytes: 123, deliveries: [delivery]),
        dedupKey: "order 000000042 ff", bodyDigest: [0xAB, 0xCD],
        deliveries: [
            DeliveryDetail(
                overview: delivery,
                steps: [
                    StepRecord(
                        name: "customer", intendedAt: moment, concludedAt: moment, result: Array(#""C-1""#.utf8)),
                    StepRecord(name: "header", intendedAt: moment),
                ],
                attempts: [
                    AttemptDetail(attempt: 1, owner: "a", state: .parked, reason: parked, record: record)
                ])
        ],
        links: [Link(key: LinkKey(kind: "customer", scope: "usmf", key: "a@b.c"), value: "C-1")])
}

private func fixture(events: Int64 = 1) throws -> RouteFixture {
    let routes = try RouteFixture()
    routes.store.with { $0.events = (1...events).reversed().map(detail) }
    return routes
}

@Suite("The operator API")
struct OperatorRoutesTests {
    @Test("is not there without a token in the configuration")
    func off() async throws {
        let routes = try RouteFixture { $0.operatorAPI.token = nil }
        let response = await routes.asOperator(.get, "/events")
        #expect(response.status == .notFound && response.problemSlug == "not-found")
    }

    @Test(
        "demands the token on every route",
        arguments: [
            (HTTPRequest.Method.get, "/lanes"), (.get, "/events"), (.get, "/events/1"), (.get, "/events/1/body"),
            (.post, "/events/1/replay"), (.post, "/events/1/skip"),
        ])
    func demandsToken(method: HTTPRequest.Method, path: String) async throws {
        let routes = try fixture()
        for authorization in [
            nil, "Bearer wrong", "Bearer ", "Basic unguessable-operator-token", "unguessable-operator-token",
        ] {
            var headers = HTTPFields()
            headers[.authorization] = authorization
            let response = await routes.send(method, "/operator/v1" + path, headers: headers)
            #expect(response.status == .unauthorized && response.problemSlug == "not-authorized")
            #expect(response.headers[.wwwAuthenticate]?.hasPrefix("Bearer") == true)
        }
    }

    @Test("lists events with their deliveries, and says how to go on")
    func list() async throws {
        let routes = try fixture(events: 3)
        let page = await routes.asOperator(
            .get, "/events", query: "limit=2&state=parked&subject=order%20000000042&kind=order&before=9")
        #expect(page.status == .ok && page.json("next") == "2")
        #expect(
            routes.store.with { $0.filter }
                == EventFilter(
                    state: .parked, subject: "order 000000042", kind: "order", before: EventID(9), limit: 2))
        #expect(page.text.contains(#""receivedAt":"2026-01-01T10:00:12.447Z""#))
        #expect(page.text.contains(#""reason":{"advice":"Release the item.","code":"unknown-item","#))
        #expect(await routes.asOperator(.get, "/events").json("next") == nil)
    }

    @Test(
        "refuses filters that it does not understand, and names them",
        arguments: [
            ("state=broken", "state"), ("limit=0", "limit"), ("limit=501", "limit"), ("limit=x", "limit"),
            ("before=x", "before"), ("stat=parked", "stat"), ("kind=a&kind=b", "kind"),
        ])
    func badFilters(query: String, name: String) async throws {
        let response = try await fixture().asOperator(.get, "/events", query: query)
        #expect(response.status == .badRequest && response.problemSlug == "invalid-parameter")
        #expect(response.problemDetail.contains(name))
    }

    @Test("shows everything about one event")
    func show() async throws {
        let page = try await fixture().asOperator(.get, "/events/1")
        #expect(page.status == .ok && page.json("bodyDigest") == "abcd")
        for part in [
            #""steps":[{"concludedAt":"2026-01-01T10:00:12.447Z","intendedAt":"2026-01-01T10:00:12.447Z","#,
            #""name":"customer","result":"C-1"},{"#,
            #""milliseconds":40"#, #""target":"/data/SalesOrderHeadersV2""#,
            #""links":[{"key":"a@b.c","kind":"customer","scope":"usmf","value":"C-1"}]"#,
        ] { #expect(page.text.contains(part)) }
    }

    @Test("gives the body as bytes that no browser runs")
    func body() async throws {
        let response = try await fixture().asOperator(.get, "/events/1/body")
        #expect(response.text == "body of 1")
        #expect(response.headers[.contentType] == "application/octet-stream")
        #expect(response.headers[.xContentTypeOptions] == "nosniff")
    }

    @Test("answers 404 for events that do not exist", arguments: ["2", "0", "-1", "x", "99999999999999999999"])
    func unknownEvent(id: String) async throws {
        let routes = try fixture()
        for path in ["/events/\(id)", "/events/\(id)/body"] {
            #expect(await routes.asOperator(.get, path).problemSlug == "unknown-event")
        }
        #expect(await routes.asOperator(.post, "/events/\(id)/replay").problemSlug == "unknown-event")
    }

    @Test(
        "replays what is not finished, or all of it",
        arguments: [("", false), ("{}", false), (#"{"all":true}"#, true)])
    func replay(body: String, all: Bool) async throws {
        let routes = try fixture()
        let response = await routes.asOperator(.post, "/events/1/replay", body: body)
        #expect(response.status == .ok && response.text == #"{"deliveries":[7],"event":1}"#)
        #expect(routes.store.with { $0.replayedAll } == all)
    }

    @Test("skips with the operator's reason")
    func skip() async throws {
        let routes = try fixture()
        let response = await routes.asOperator(.post, "/events/1/skip", body: #"{"reason":"cancelled by phone"}"#)
        #expect(response.status == .ok)
        #expect(
            routes.store.with { $0.skipped }
                == Reason(code: "skipped-by-operator", message: "cancelled by phone"))
    }

    @Test(
        "wants a reason to skip",
        arguments: [
            ("", "unusable-body"), ("{}", "unusable-body"), (#"{"reason":""}"#, "unusable-body"),
            (#"{"reason":5}"#, "unusable-body"), ("{", "malformed-json"),
        ])
    func skipWithoutReason(body: String, problem: String) async throws {
        let response = try await fixture().asOperator(.post, "/events/1/skip", body: body)
        #expect(response.problemSlug == problem)
    }

    @Test("answers 503 while the store cannot be read")
    func storeIsDown() async throws {
        let routes = try RouteFixture(store: FakeStore(fault: .closed("gone")))
        #expect(await routes.asOperator(.get, "/events").status == .serviceUnavailable)
    }
}
