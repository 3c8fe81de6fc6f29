import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

private let path = "/events/dynamics/unguessable-event-token"
private let invoice = """
    {"BusinessEventId":"SalesInvoicePostedBusinessEvent","BusinessEventLegalEntity":"USMF",\
    "ControlNumber":5637912077,"EventId":"A1C0D4B2-7E35-4B0E-9C55-2F1B6E0D7A90","EventTimeIso8601":"2026-01-01T10:00:12.4471205Z",\
    "InvoiceId":"CIV-000781","LegalEntity":"usmf","SalesOrderId":"SO-004512"}
    """

@Suite("POST /events/dynamics/{token}")
struct DynamicsEventsTests {
    @Test("stores a known event for its flow and answers 202")
    func known() async throws {
        let routes = try RouteFixture()
        let response = await routes.send(.post, path, body: invoice)
        #expect(response.status == .accepted && response.json("result") == "stored")
        let event = try #require(routes.store.with { $0.appended.first })
        #expect(event.source == "dynamics" && event.kind == "SalesInvoicePostedBusinessEvent")
        #expect(event.routes == [RelaySettings().route(of: .invoiceToCommerce)])
        #expect(event.body == Array(invoice.utf8))
        #expect(await routes.send(.post, path, body: invoice).json("result") == "duplicate")
    }

    @Test("stores an event that no flow handles without deliveries, so that nothing vanishes")
    func unrouted() async throws {
        let routes = try RouteFixture()
        let body = invoice.replacing("SalesInvoicePosted", with: "CustPaymentPosted")
        #expect(await routes.send(.post, path, body: body).status == .accepted)
        #expect(routes.store.with { $0.appended.map(\.routes) } == [[]])
        let text = routes.metrics.registry.text()
        #expect(text.contains(#"causeway_events_accepted_total{kind="other",source="dynamics"} 1"#))
    }

    @Test("routes events as configured")
    func configuredRoutes() async throws {
        let routes = try RouteFixture { $0.dynamics.businessEvents.routes["X"] = .invoiceToCommerce }
        _ = await routes.send(.post, path, body: invoice.replacing("SalesInvoicePostedBusinessEvent", with: "X"))
        #expect(routes.store.with { $0.appended.first?.routes } == [RelaySettings().route(of: .invoiceToCommerce)])
    }

    @Test("answers the test event with 200, counts it, and stores nothing")
    func testEvent() async throws {
        let routes = try RouteFixture()
        let body = """
            {"BusinessEventId":"BusinessEventsTestEndpointContract","BusinessEventLegalEntity":"usmf",\
            "ControlNumber":-9223372036854775808,"EventId":"5D3E0C77-3B0F-4D9C-A2E6-0C1B7B1F6C31"}
            """
        let response = await routes.send(.post, path, body: body)
        #expect(response.status == .ok && response.json("result") == "test")
        #expect(routes.store.with { $0.appended.isEmpty })
        #expect(routes.metrics.registry.text().contains(#"causeway_events_test_total{source="dynamics"} 1"#))
    }

    @Test(
        "answers a wrong token with 404, and does not look at the body",
        arguments: ["wrong", "unguessable-event-toke", "unguessable-event-token2", "UNGUESSABLE-EVENT-TOKEN", "%00"])
    func wrongToken(token: String) async throws {
        for body in [invoice, "{"] {
            let response = try await RouteFixture().send(.post, "/events/dynamics/\(token)", body: body)
            #expect(response.status == .notFound && response.problemSlug == "unknown-endpoint-token")
            #expect(!response.text.contains(token))
        }
    }

    @Test("accepts any one of several tokens")
    func rotation() async throws {
        let routes = try RouteFixture { $0.dynamics.businessEvents.tokens.append(Secret("the-next-event-token")) }
        #expect(await routes.send(.post, path, body: invoice).status == .accepted)
        #expect(await routes.send(.post, "/events/dynamics/the-next-event-token", body: invoice).status == .accepted)
    }

    @Test("answers what is not JSON with 400, and JSON that is no event with 422")
    func unreadable() async throws {
        let routes = try RouteFixture()
        #expect(await routes.send(.post, path, body: "{").problemSlug == "malformed-json")
        #expect(await routes.send(.post, path, body: "{}").problemSlug == "unusable-body")
    }

    @Test("does not acknowledge what the store did not take")
    func unavailable() async throws {
        let routes = try RouteFixture(store: FakeStore(fault: .overloaded(limit: 1)))
        let response = await routes.send(.post, path, body: invoice)
        #expect(
            response.status == .serviceUnavailable
                && Int(response.headers[.retryAfter] ?? "").map((1...4).contains) == true)
    }

    @Test("consents to a CloudEvents sender, but only at an address of Event Grid")
    func handshake() async throws {
        let grid = "the-token-of-the-event-grid"
        let routes = try RouteFixture {
            $0.dynamics.businessEvents.eventGrid = EventGridSettings(tokens: [Secret(grid)], topics: ["/t"])
        }
        let asked = try #require(HTTPField.Name("WebHook-Request-Origin"))
        let allowed = try #require(HTTPField.Name("WebHook-Allowed-Origin"))
        let headers: HTTPFields = [asked: "eventgrid.azure.net"]
        let consent = await routes.send(.options, "/events/dynamics/\(grid)", headers: headers)
        #expect(consent.status == .ok && consent.headers[allowed] == "eventgrid.azure.net")
        #expect(consent.headers[.allow] == "OPTIONS, POST")
        let direct = await routes.send(.options, path, headers: headers)
        #expect(direct.status == .ok && direct.headers[allowed] == nil)
        let refusal = await routes.send(.options, "/events/dynamics/wrong", headers: headers)
        #expect(refusal.status == .notFound && refusal.headers[allowed] == nil && refusal.headers[.allow] == nil)
    }
}
