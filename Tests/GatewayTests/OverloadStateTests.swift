import HTTPServer
import HTTPTypes
import Logging
import Relay
import Testing

@testable import Gateway

private let order = #"{"order":{"increment_id":"000000042"}}"#

@Suite("Overload")
struct OverloadStateTests {
    @Test(
        "is answered with 503, Retry-After and no receipt, counted by cause, and seen by readiness alone",
        arguments: [
            (StoreFault.overloaded(limit: 4096), "writer", "overloaded: 4096 events wait"),
            (.full("no space left"), "disk", "disk full: no space left"),
            (.failed("database is locked"), "store", "database is locked"),
            (.closed("a sync failed"), "store", "closed: a sync failed"),
        ])
    func refused(fault: StoreFault, cause: String, words: String) async throws {
        let routes = try RouteFixture(store: FakeStore(fault: fault))
        let answer = await routes.webhook(order)
        #expect(answer.status == .serviceUnavailable)
        #expect(Int(answer.headers[.retryAfter] ?? "").map { (1...60).contains($0) } == true)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(routes.store.with { $0.appended.isEmpty })
        #expect(routes.metrics.registry.text().contains(#"causeway_overload_total{cause="\#(cause)"} 1"#))
        let ready = await routes.send(.get, "/health/ready")
        #expect(ready.status == .serviceUnavailable && ready.text.contains(words))
        #expect(await routes.send(.get, "/health/live").status == .ok)
    }

    @Test("is over when an event is stored")
    func recovery() async throws {
        let routes = try RouteFixture(store: FakeStore(fault: .full("no space left")))
        _ = await routes.webhook(order)
        routes.store.with { $0.fault = nil }
        #expect(await routes.send(.get, "/health/ready").status == .serviceUnavailable)
        #expect(await routes.webhook(order).status == .ok)
        routes.clock.advance(by: .seconds(2))
        #expect(await routes.send(.get, "/health/ready").status == .ok)
    }

    @Test("is over by itself after a while, since nobody may send to a gateway that is not ready")
    func oblivion() async throws {
        let routes = try RouteFixture(store: FakeStore(fault: .overloaded(limit: 1)))
        _ = await routes.webhook(order)
        routes.store.with { $0.fault = nil }
        routes.clock.advance(by: .seconds(9))
        #expect(await routes.send(.get, "/health/ready").status == .serviceUnavailable)
        routes.clock.advance(by: .seconds(2))
        #expect(await routes.send(.get, "/health/ready").status == .ok)
    }

    @Test("limits that were reached are counted under the names of their settings")
    func limits() throws {
        let routes = try RouteFixture()
        let watch = ServerWatch(metrics: routes.metrics, logger: .init(label: "test"), clock: routes.clock)
        for limit in ServerLimit.allCases { watch.reached(limit) }
        let text = routes.metrics.registry.text()
        for limit in ServerLimit.allCases {
            #expect(text.contains(#"causeway_http_limit_reached_total{limit="\#(limit.rawValue)"} 1"#))
        }
        for cause in ["connections", "bufferedBodies", "handlerTimeout"] {
            #expect(text.contains(#"causeway_overload_total{cause="\#(cause)"} 1"#))
        }
    }
}
