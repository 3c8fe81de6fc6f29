import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("The synthetic order", .timeLimit(.minutes(5)))
struct SyntheticOrderTests {
    private static func settings(limit: String) -> String {
        ReconciliationRoadTests.settings + """

            syntheticOrder: { sku: SETUP-01, email: check@example.com, currency: EUR, country: AT, limit: \(limit) }
            """
    }

    struct Standing: Decodable {
        struct Problem: Decodable {
            var code: String
        }

        var running: Bool
        var order: String?
        var arrived: Bool?
        var seconds: Double?
        var problem: Problem?
    }

    private static func place(_ rig: Rig) async throws -> Standing {
        #expect(try await rig.operate(.post, "/synthetic-order", body: "{}").status == 202)
        while true {
            try Task.checkCancellation()
            let answer = try await rig.operate(.get, "/synthetic-order")
            let standing = try JSONDecoder().decode(Standing.self, from: Data(answer.body))
            if !standing.running, standing.arrived != nil { return standing }
            await Task.yield()
        }
    }

    @Test(
        "makes the round trip on both editions, and nothing of it is left on either side",
        arguments: [SandboxCommerceSignIn.Edition.paas, .saas])
    func arrives(_ edition: SandboxCommerceSignIn.Edition) async throws {
        var platforms = SandboxConfiguration()
        platforms.commerce.signIn.edition = edition
        try await Rig.run(
            platforms, more: Self.settings(limit: "5m"), text: { if edition == .saas { $0.commerceWay = .ims } }
        ) { rig in
            let standing = try await Self.place(rig)
            #expect(standing.arrived == true && standing.seconds != nil)
            let incrementID = try #require(standing.order)
            let order = try #require(rig.sandbox.commerce.order(incrementID: incrementID))
            #expect(order.state == "canceled" && order.extOrderID == "SO-000001")
            #expect(rig.sandbox.dynamics.snapshot().orders.isEmpty)
            #expect(try await rig.reconcile().findings == [])
        }
    }

    @Test("alarms when its number does not come in time, and is taken back all the same")
    func lost() async throws {
        try await Rig.run(more: Self.settings(limit: "1s")) { rig in
            _ = try await rig.ask(.post, "/lanes/dynamics/OrderToSalesOrder/pause")
            let standing = try await Self.place(rig)
            #expect(standing.arrived == false && standing.problem?.code == "no-sales-order")
            let incrementID = try #require(standing.order)
            let order = try #require(rig.sandbox.commerce.order(incrementID: incrementID))
            #expect(order.state == "canceled" && rig.sandbox.dynamics.snapshot().orders.isEmpty)
            let status = try await rig.send(.get, "/status")
            #expect(String(decoding: status.body, as: UTF8.self).contains(#""arrived":false"#))
            let metrics = try await rig.send(.get, "/metrics")
            #expect(String(decoding: metrics.body, as: UTF8.self).contains("causeway_synthetic_order_failed 1"))
        }
    }

    @Test("what a platform refuses is told as its problem")
    func refused() async throws {
        try await Rig.run(more: Self.settings(limit: "1s")) { rig in
            rig.sandbox.commerce.faults.plan.isAway = true
            let standing = try await Self.place(rig)
            #expect(standing.arrived == false && standing.problem != nil && standing.order == nil)
        }
    }
}
