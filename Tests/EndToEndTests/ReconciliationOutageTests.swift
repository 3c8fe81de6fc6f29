import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import Testing

@Suite("A comparison in bad times", .timeLimit(.minutes(5)))
struct ReconciliationOutageTests {
    @Test("a platform that is away makes it incomplete, and nothing missing", arguments: [true, false])
    func away(isDynamics: Bool) async throws {
        try await Rig.run(more: ReconciliationRoadTests.settings) { rig in
            for number in 1...3 { try await rig.carry(.simple(incrementID: "00000000\(number)")) }
            let faults = isDynamics ? rig.sandbox.dynamics.faults : rig.sandbox.commerce.faults
            faults.plan.isAway = true
            let found = try await rig.reconcile()
            #expect(found.state == "incomplete" && found.reason != nil && found.findings == [])
            faults.plan = .none
            while try await rig.reconcile().state != "done" { try Task.checkCancellation() }
            #expect(try await rig.reconcile().findings == [])
        }
    }

    @Test("what is parked is named with its reason, replayed by its repair, and in order then")
    func parked() async throws {
        try await Rig.run(more: ReconciliationRoadTests.settings) { rig in
            try await rig.carry(.simple(incrementID: "000000001").with(unknownItem: "MYSTERY-99"))
            try await rig.carry(.simple(incrementID: "000000002"))
            let found = try await rig.reconcile()
            #expect(Set(found.findings.map(\.code)) == ["different-total", "number-not-written-back"])
            #expect(found.findings.allSatisfy { $0.repair == "replay" && $0.text.contains("d365-validation") })
            try rig.sandbox.dynamics.release(SandboxItem("MYSTERY-99"), dataAreaId: "usmf")
            _ = try await rig.ask(.post, "/reconciliations/\(found.id)/findings/1/repair")
            #expect(try await rig.outcomes.next(of: "order 000000001").state == .done)
            // The second one is in order by now: nothing is replayed.
            _ = try await rig.ask(.post, "/reconciliations/\(found.id)/findings/2/repair")
            #expect(try await rig.reconcile().findings == [])
        }
    }

    @Test("orders of one second on both sides of a page's end are all compared, once each")
    func pages() async throws {
        try await Rig.run(more: ReconciliationRoadTests.settings) { rig in
            for number in 1...120 {
                try rig.sandbox.commerce.register(.simple(incrementID: String(100_000_000 + number)))
            }
            let found = try await rig.reconcile()
            #expect(found.orders == 120)
            #expect(Set(found.findings.map(\.subject)).count == 100)
        }
    }

    @Test("the command says by its status whether something was found, and repairs what can be repaired")
    func command() async throws {
        try await Rig.run(more: ReconciliationRoadTests.settings) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            let server = ["--url", rig.gatewayURL, "--token", rig.text.operatorToken]
            let clean = try await Command.run(["reconcile"] + server)
            #expect(clean.status == 0 && clean.output.contains("0 findings open"))
            try rig.sandbox.commerce.dropExternalNumber(incrementID: "000000001")
            let csv = try await Command.run(["reconcile", "--format", "csv"] + server)
            #expect(csv.status == 65 && csv.output.contains("number-not-written-back,order 000000001"))
            let unexplained = try await Command.run(["reconcile", "--repair"] + server)
            #expect(unexplained.status == 64 && unexplained.errors.contains("--why"))
            let repaired = try await Command.run(["reconcile", "--repair", "--why", "lost", "--by", "anna"] + server)
            #expect(repaired.status == 0 && repaired.output.contains("repaired"))
            let again = try await Command.run(["reconcile", "repair", "2", "--why", "again"] + server)
            #expect(again.status == 0 && again.output.contains("nothing was done"))
            let list = try await Command.run(["reconcile", "list"] + server)
            #expect(list.status == 0 && list.output.contains("anna"))
            let none = try await Command.run(["reconcile", "show", "99"] + server)
            #expect(none.status == 1 && none.errors.contains("No such reconciliation"))
        }
    }
}
