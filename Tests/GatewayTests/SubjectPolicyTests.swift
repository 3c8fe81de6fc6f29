import HTTPServer
import HTTPTypes
import Relay
import Testing

@testable import Gateway

@Suite("What deliveries of one subject mean to each other")
struct SubjectPolicyTests {
    private static let server = "server: { host: 127.0.0.1, port: 0 }"

    private func relay(_ text: String) throws -> RelaySettings {
        try ConfigurationFixture.read(replacing: Self.server, with: "relay: { flows: { \(text) } }").relay
    }

    @Test("A parked delivery holds its subject unless the configuration says otherwise, flow by flow")
    func policy() throws {
        let settings = try relay(
            "OrderToSalesOrder: { whenParked: letPass }, InvoiceToCommerce: { whenParked: hold }")
        #expect(settings.route(of: .orderToSalesOrder).policy == SubjectPolicy(parkedLetsPass: true))
        #expect(settings.route(of: .invoiceToCommerce).policy == SubjectPolicy())
        let silent = try relay("OrderToSalesOrder: { retry: { firstWait: 1s } }")
        #expect(silent.route(of: .orderToSalesOrder).policy == SubjectPolicy())
        #expect(silent.flows[.orderToSalesOrder]?.schedule.firstWait == .seconds(1))
    }

    @Test("A policy that there is not is refused, and the policies are named")
    func unknownPolicy() {
        let problems = ConfigurationFixture.problems(
            replacing: Self.server, with: "relay: { flows: { OrderToSalesOrder: { whenParked: wait } } }")
        #expect(problems.count == 1)
        #expect(problems[0].contains("relay.flows.OrderToSalesOrder.whenParked"))
        #expect(problems[0].contains("expected hold or letPass"))
    }

    @Test("Events are stored with the policy of their flow, what they are found by, and how new they are")
    func stored() async throws {
        let routes = try RouteFixture { configuration in
            configuration.relay.policies[.orderToSalesOrder] = SubjectPolicy(parkedLetsPass: true)
        }
        let order =
            #"{"data":{"order":{"increment_id":"000000042","customer_email":"Jane@Example.com","customer_id":17,"#
            + #""updated_at":"2026-01-01 10:00:12"}}}"#
        #expect(await routes.webhook(order).status == .ok)
        let event = try #require(routes.store.with { $0.appended.first })
        #expect(event.routes.map(\.policy) == [SubjectPolicy(parkedLetsPass: true)])
        #expect(event.searchKeys == [SearchKey(.email, "jane@example.com"), SearchKey(.customer, "17")])
        #expect(event.version == 1_767_261_612_000 && event.sequence == nil)
    }
}
