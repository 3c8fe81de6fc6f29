import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("How lanes and destinations stand, for operators")
struct StandingsTests {
    private let lane = KnownFlow.orderToSalesOrder.lane

    private func routes() throws -> RouteFixture { try RouteFixture { $0.relay.intakeOnly = false } }

    private func pause(_ routes: RouteFixture, minutes: Int? = nil) async throws {
        let now = routes.clock.now()
        try await routes.dispatcher.pause(
            LanePause(
                lane: "dynamics", since: now, until: minutes.map { now + .seconds($0 * 60) }, by: "jane",
                why: "Jane Doe's stocktaking."))
    }

    private func open(_ destination: Destination) async throws {
        for _ in 0..<5 {
            let permit = try await destination.permit()
            destination.finished(
                permit, .failed(.network, Reason(code: "away", message: "Not there."), retryAfter: nil))
        }
    }

    @Test("a paused lane shows who paused it, since when, until when and why")
    func paused() async throws {
        let routes = try routes()
        try await pause(routes, minutes: 10)
        let text = await routes.asOperator(.get, "/lanes").text
        for piece in [
            #""state":"paused""#, #""by":"jane""#, "stocktaking", #""since":"2026-01-01T10:00:12.447Z""#,
            #""until":"2026-01-01T10:10:12.447Z""#, #""state":"working""#,
        ] {
            #expect(text.contains(piece))
        }
    }

    @Test("everybody may see that a lane is paused, not who did it and why")
    func forAll() async throws {
        let routes = try routes()
        try await pause(routes)
        let text = await routes.send(.get, "/status").text
        #expect(text.contains(#""state":"paused""#))
        #expect(!text.contains("jane") && !text.contains("Jane Doe"))
    }

    @Test("a destination that is out of order shows its breaker, why, and when it is tried again")
    func open() async throws {
        let routes = try routes()
        try await open(routes.destinations.dynamics)
        let text = await routes.asOperator(.get, "/lanes").text
        for piece in [
            #""breaker":"open""#, #""reasonCode":"away""#, "Not there.", #""heldUntil":"2026-01-01T10:00:17.447Z""#,
            #""state":"held""#, #""breaker":"closed""#,
        ] {
            #expect(text.contains(piece))
        }
        #expect(await !routes.send(.get, "/status").text.contains("Not there."))
    }

    @Test("a lane that only collects says so")
    func collecting() async throws {
        let routes = try RouteFixture()
        #expect(await routes.asOperator(.get, "/lanes").text.contains(#""state":"collecting""#))
    }

    @Test("attempts that were given back are counted apart from failures")
    func held() async throws {
        let routes = try routes()
        let event = StoredEvent(
            id: EventID(1), source: "commerce", kind: "order", subject: "order 1", receivedAt: routes.clock.now(),
            body: [])
        let claim = Claim(
            lease: Lease(delivery: DeliveryID(1), attempt: 1, owner: "me"), event: event,
            route: Route(flow: "F", lane: lane),
            failures: 0)
        let reason = Reason(code: "d365-held", message: "Held.")
        let relay = RelayMetrics(metrics: routes.metrics)
        relay.notice(.finished(claim, .held(until: routes.clock.now(), reason), took: .seconds(1)))
        relay.notice(.finished(claim, .retry(at: routes.clock.now(), reason), took: .seconds(1)))
        let text = await routes.send(.get, "/metrics").text
        for outcome in ["held", "waiting"] {
            #expect(text.contains(#"causeway_deliveries_total{lane="\#(lane)",outcome="\#(outcome)"} 1"#))
        }
    }

    @Test("metrics tell breaker, limits and calls of each destination, and which lanes are paused")
    func metrics() async throws {
        let routes = try routes()
        try await pause(routes)
        try await open(routes.destinations.commerce)
        let text = await routes.send(.get, "/metrics").text
        for line in [
            #"causeway_destination_breaker{destination="commerce",state="open"} 1"#,
            #"causeway_destination_breaker{destination="commerce",state="closed"} 0"#,
            #"causeway_destination_breaker{destination="dynamics",state="closed"} 1"#,
            #"causeway_destination_concurrency{destination="dynamics"} 32"#,
            #"causeway_destination_concurrency{destination="commerce"} 1"#,
            #"causeway_destination_calls_total{destination="commerce"} 5"#,
            #"causeway_destination_failures_total{destination="commerce"} 5"#,
            #"causeway_destination_openings_total{destination="commerce"} 1"#,
            #"causeway_lane_paused{lane="dynamics/OrderToSalesOrder"} 1"#,
            #"causeway_lane_paused{lane="commerce/InvoiceToCommerce"} 0"#,
        ] {
            #expect(text.contains(line + "\n"), "\(line)")
        }
    }
}
