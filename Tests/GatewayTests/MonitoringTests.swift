import HTTPServer
import HTTPTypes
import Logging
import Relay
import Synchronization
import Testing

@testable import Gateway

private func overview(at now: Timestamp) -> LaneOverview {
    LaneOverview(
        lane: "dynamics/OrderToSalesOrder", counts: ["ready": 2, "waiting": 1, "parked": 1, "done": 9],
        oldestWaitingSince: now + .seconds(-90), lastDoneAt: now + .seconds(-5), lastFailureAt: now + .seconds(-60),
        lastFailure: Reason(code: "unknown-item", message: "Item AB-1 of Jane Doe's order is unknown."))
}

@Suite("Monitoring")
struct MonitoringTests {
    @Test("finds the process alive even if the store is not")
    func live() async throws {
        let routes = try RouteFixture(store: FakeStore(fault: .closed("gone")))
        #expect(await routes.send(.get, "/health/live").status == .ok)
    }

    @Test("finds a gateway ready whose store commits")
    func ready() async throws {
        let response = try await RouteFixture().send(.get, "/health/ready")
        #expect(response.status == .ok && response.json("status") == "ready")
    }

    @Test("says what is wrong with a gateway that is not ready")
    func notReady() async throws {
        let response = try await RouteFixture(store: FakeStore(fault: .full("no space"))).send(.get, "/health/ready")
        #expect(response.status == .serviceUnavailable)
        #expect(response.text.contains("no space"))
    }

    @Test("asks the store at most once a second, however often it is asked itself")
    func probeIsCached() async throws {
        let routes = try RouteFixture()
        for _ in 1...20 { _ = await routes.send(.get, "/health/ready") }
        #expect(routes.store.with { $0.probes } == 1)
        routes.clock.advance(by: .seconds(2))
        _ = await routes.send(.get, "/health/ready")
        #expect(routes.store.with { $0.probes } == 2)
    }

    @Test("finds a gateway ready as soon as its dispatcher has looked for work, without asking the store again")
    func firstRound() async throws {
        let (store, clock) = (FakeStore(), HandClock())
        let firstRound = Mutex<Timestamp?>(nil)
        let readiness = Readiness(inspection: store, clock: clock) {
            .on(slowestRound: firstRound.withLock { $0 }, running: 0)
        }
        #expect(await readiness.report().problems == ["The dispatcher has not looked for work yet."])
        firstRound.withLock { $0 = clock.now() }
        #expect(await readiness.report().isReady)
        #expect(store.with { $0.probes } == 1)
    }

    @Test(
        "judges the dispatcher by when it last looked for work",
        arguments: [
            (DispatcherPulse.off, true), (.stopping, false), (.on(slowestRound: nil, running: 0), false),
            (.on(slowestRound: Timestamp(millisecondsSince1970: 980_000), running: 0), true),
            (.on(slowestRound: Timestamp(millisecondsSince1970: 900_000), running: 0), false),
            (.on(slowestRound: Timestamp(millisecondsSince1970: 900_000), running: 3), true),
        ])
    func pulse(_ pulse: DispatcherPulse, isWell: Bool) {
        #expect((pulse.problem(at: Timestamp(millisecondsSince1970: 1_000_000)) == nil) == isWell)
    }

    @Test("shows lanes, backlog, age and last results of each destination")
    func status() async throws {
        let routes = try RouteFixture()
        routes.store.with { $0.lanes = [overview(at: routes.clock.now())] }
        let page = await routes.send(.get, "/status")
        #expect(page.status == .ok)
        #expect(page.json("backlog") == "3" && page.json("parked") == "1" && page.json("oldestSeconds") == "90")
        #expect(page.json("version") == Version.current)
        #expect(page.text.contains(#""lane":"commerce/InvoiceToCommerce""#))
        #expect(page.text.contains(#""destination":"dynamics","lastFailureAt":"2026-01-01T09:59:12.447Z","#))
    }

    @Test("shows the text of reasons, which may quote records, only to operators")
    func reasonsAreForOperators() async throws {
        let routes = try RouteFixture()
        routes.store.with { $0.lanes = [overview(at: routes.clock.now())] }
        let forAll = await routes.send(.get, "/status")
        #expect(forAll.text.contains("unknown-item") && !forAll.text.contains("Jane Doe"))
        let token: HTTPFields = [.authorization: "Bearer unguessable-operator-token"]
        #expect(await routes.send(.get, "/status", headers: token).text.contains("Jane Doe"))
    }

    @Test("gives metrics with the lanes as they are now")
    func metrics() async throws {
        let routes = try RouteFixture()
        routes.store.with { $0.lanes = [overview(at: routes.clock.now())] }
        let page = await routes.send(.get, "/metrics")
        #expect(page.headers[.contentType] == "text/plain; version=0.0.4; charset=utf-8")
        let lane = #"lane="dynamics/OrderToSalesOrder""#
        #expect(page.text.contains("causeway_lane_deliveries{\(lane),state=\"ready\"} 2\n"))
        #expect(page.text.contains("causeway_lane_deliveries{\(lane),state=\"skipped\"} 0\n"))
        #expect(page.text.contains("causeway_lane_oldest_seconds{\(lane)} 90\n"))
        #expect(page.text.contains(#"causeway_lane_oldest_seconds{lane="commerce/InvoiceToCommerce"} 0"#))
    }

    @Test("counts every answer by route, method and status, and every problem by type, without paths")
    func responses() throws {
        let routes = try RouteFixture()
        let watch = ServerWatch(metrics: routes.metrics, logger: .init(label: "test"), clock: routes.clock)
        watch.answered(
            method: .post, route: DynamicsEvents.pattern, status: .notFound, problemSlug: "unknown-endpoint-token",
            took: .milliseconds(2))
        watch.answered(
            method: HTTPRequest.Method("BREW"), route: nil, status: .contentTooLarge, problemSlug: "body-too-large",
            took: .zero)
        let text = routes.metrics.registry.text()
        #expect(
            text.contains(
                #"causeway_http_responses_total{method="POST",route="/events/dynamics/{token}",status="404"} 1"#))
        #expect(text.contains(#"causeway_http_responses_total{method="other",route="none",status="413"} 1"#))
        #expect(text.contains(#"causeway_http_problems_total{type="body-too-large"} 1"#))
    }
}
