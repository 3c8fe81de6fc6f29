import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("The lines of an order in one transaction", .timeLimit(.minutes(5)))
struct ChangeSetTests {
    @Test("leaves the same sales order as one line after the other, in fewer calls")
    func same() async throws {
        var orders: [DynamicsSnapshot.Order] = []
        var calls: [Int] = []
        for lines in ["oneByOne", "changeSet"] {
            try await Rig.run(text: { $0.lines = lines }) { rig in
                let outcome = try await rig.carry(.guest(incrementID: "000000001"))
                #expect(outcome.state == .done)
                orders += rig.sandbox.dynamics.snapshot().orders
                calls.append(rig.sandbox.dynamics.requestCounts["POST /data/$batch"] ?? 0)
            }
        }
        #expect(orders.count == 2)
        #expect(orders.first == orders.last)
        #expect(orders.first?.lines.count == 3)
        #expect(calls == [0, 1])
    }

    @Test("leaves none when one is refused, and says which; the same order goes through once when that is mended")
    func refused() async throws {
        try await Rig.run(text: { $0.lines = "changeSet" }) { rig in
            let dynamics = rig.sandbox.dynamics
            try dynamics.release(SandboxItem("LAMP-02", isBlocked: true), dataAreaId: "usmf")
            let outcome = try await rig.carry(.guest(incrementID: "000000001"))
            guard case .parked(let reason) = outcome else {
                Issue.record("The order ended as \(outcome).")
                return
            }
            #expect(reason.code == "d365-validation")
            #expect(reason.message.contains("operation 2 of 3"))
            #expect(dynamics.snapshot().orders.map(\.lines.count) == [0])

            try dynamics.release(SandboxItem("LAMP-02"), dataAreaId: "usmf")
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            let answer = try await rig.operate(
                .post, "/events/\(event)/replay", body: #"{"by":"anna","why":"the lamp is sold again"}"#)
            #expect(answer.status == 200)
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .done)
            #expect(dynamics.snapshot().orders.map(\.lines.count) == [3])
            #expect(dynamics.doubles().isEmpty)
        }
    }
}
