import Foundation
import Relay
import Sandbox
import Testing

@Suite("Nothing is lost or doubled when a platform fails", .timeLimit(.minutes(5)))
struct FaultTests {
    struct Fault: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let turn: @Sendable (Sandbox) -> Void
    }

    @Test(
        "an order arrives exactly once whatever the far side does meanwhile",
        arguments: [
            Fault(testDescription: "D365 answers 429 with Retry-After") {
                $0.dynamics.faults.update {
                    $0.nextTooManyRequests = 1
                    $0.retryAfterSeconds = 0
                }
            },
            Fault(testDescription: "D365 answers 500") { $0.dynamics.faults.update { $0.nextServerErrors = 3 } },
            Fault(testDescription: "D365 shows a maintenance page") {
                $0.dynamics.faults.update { $0.nextMaintenancePages = 3 }
            },
            Fault(testDescription: "D365 refuses the token once") {
                $0.dynamics.faults.update { $0.nextUnauthorized = 1 }
            },
            Fault(testDescription: "Entra is unwell") {
                $0.dynamics.identityFaults.update { $0.nextServerErrors = 2 }
            },
            Fault(testDescription: "Commerce answers 500") { $0.commerce.faults.update { $0.nextServerErrors = 2 } },
            Fault(testDescription: "Commerce shows a maintenance page") {
                $0.commerce.faults.update { $0.nextMaintenancePages = 2 }
            },
            Fault(testDescription: "half of all creates are cut off after they took effect") {
                $0.dynamics.faults.update { $0.cutAfterCommit = 0.5 }
                $0.commerce.faults.update { $0.cutAfterCommit = 0.5 }
            },
            Fault(testDescription: "half of all creates are cut off before they took effect") {
                $0.dynamics.faults.update { $0.cutBeforeCommit = 0.5 }
                $0.commerce.faults.update { $0.cutBeforeCommit = 0.5 }
            },
        ], ["oneByOne", "changeSet"])
    func arrivesOnce(_ fault: Fault, lines: String) async throws {
        try await Rig.run(text: { $0.lines = lines }) { rig in
            fault.turn(rig.sandbox)
            for number in 1...5 {
                let outcome = try await rig.carry(.guest(incrementID: "00000000\(number)"))
                #expect(outcome.state == .done)
            }
            let orders = rig.sandbox.dynamics.snapshot().orders
            #expect(orders.map(\.lines.count) == [3, 3, 3, 3, 3])
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
            for number in 1...5 {
                let order = try #require(rig.sandbox.commerce.order(incrementID: "00000000\(number)"))
                #expect(order.comments.count == 1)
            }
        }
    }

    @Test("while D365 is away, orders wait, and arrive when it is back")
    func away() async throws {
        try await Rig.run { rig in
            rig.sandbox.dynamics.faults.update { $0.isAway = true }
            let placed = try await rig.sandbox.commerce.place(.simple(incrementID: "000000001"))
            #expect(placed.status == 200)
            try await rig.outcomes.wait { $0.holds["order 000000001", default: 0] >= 3 }
            rig.sandbox.dynamics.faults.update { $0.isAway = false }
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .done)
        }
    }
}
