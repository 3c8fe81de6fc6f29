import HTTPServer
import HTTPTypes
import Testing

@testable import Gateway

@Suite("Alerts and the routes")
struct AlertRouteTests {
    @Test("the operator API shows what stands, to operators only")
    func route() async throws {
        let stage = AlertStage(settle: .zero)
        stage.park(2)
        await stage.round()
        let routes = try RouteFixture(alerts: stage.watch)
        #expect(await routes.send(.get, "/operator/v1/alerts").status == .unauthorized)
        let response = await routes.asOperator(.get, "/alerts")
        #expect(response.status == .ok)
        #expect(response.text.contains(#""cause":"parked:dynamics/OrderToSalesOrder:d365-validation""#))
        #expect(response.text.contains(#""notifiedAt":"#))
    }

    @Test("wrong signatures and tokens are counted for the rule on bursts, by source")
    func refusals() async throws {
        let routes = try RouteFixture()
        _ = await routes.webhook("{}", signature: "wrong")
        _ = await routes.send(.post, "/webhooks/commerce/order", body: "{}")
        _ = await routes.send(.post, "/events/dynamics/not-the-token", body: "{}")
        _ = await routes.webhook(#"{"order":{"increment_id":"1"}}"#)
        let refusals = routes.signals.refusals(at: routes.clock.now())
        #expect(refusals == [.init(source: "commerce", count: 2), .init(source: "dynamics", count: 1)])
    }
}
