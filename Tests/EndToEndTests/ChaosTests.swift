import Chaos
import Foundation
import Testing

/// A short version of `scripts/chaos`.
@Suite("Everything fails at once", .timeLimit(.minutes(10)))
struct ChaosTests {
    @Test("orders under kills, faults, jumps of the clock and full disks: all accounted for, once, in order, in time")
    func storm() async throws {
        var plan = ChaosPlan(executable: Command.executable)
        plan.orders = 300
        plan.placeFor = .seconds(60)
        plan.settleFor = .seconds(240)
        plan.killEvery = .seconds(2)
        plan.jumpEvery = .seconds(1)
        plan.fillEvery = .seconds(3)
        let report = try await ChaosRun(plan: plan).run()
        #expect(report.findings.isEmpty, "\(report.text)")
        #expect((report.tally["kills"] ?? 0) > 0)
        #expect(!report.faults.isEmpty)
    }

    @Test("what is done wrong on purpose is found", arguments: Sabotage.allCases)
    func sabotage(_ sabotage: Sabotage) async throws {
        var plan = ChaosPlan(executable: Command.executable)
        plan.orders = 5
        (plan.kills, plan.faults, plan.clockJumps, plan.diskFull) = (false, false, false, false)
        let report = try await ChaosRun(plan: plan).run(sabotage: [sabotage])
        #expect(report.findings.contains { $0.check == sabotage.finding }, "\(report.text)")
    }
}
