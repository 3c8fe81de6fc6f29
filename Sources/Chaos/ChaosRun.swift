import Foundation
import HTTPClient
import Logging
import Sandbox
import Synchronization
import TestSupport

/// A sandbox in this process, the real gateway in its own, and a storm between them.
public struct ChaosRun: Sendable {
    private let plan: ChaosPlan
    /// Told what happens, one sentence at a time.
    private let say: @Sendable (String) -> Void

    private static let sampleEvery = Duration.milliseconds(200)
    private static let firstIncrement = 600_000_000

    public init(plan: ChaosPlan, say: @escaping @Sendable (String) -> Void = { _ in }) {
        self.plan = plan
        self.say = say
    }

    /// - Parameter sabotage: Things done wrong on purpose before the count, each of which must be found.
    /// - Throws: `ChaosError`, and what the system refuses; what is found to be wrong is in the report.
    public func run(sabotage: [Sabotage] = []) async throws -> ChaosReport {
        let stage = try await ChaosStage(plan: plan, say: say)
        defer { stage.remove() }
        do {
            let report = try await run(on: stage, sabotage)
            await stage.close()
            return report
        } catch {
            await stage.close()
            throw error
        }
    }

    private func run(on stage: ChaosStage, _ sabotage: [Sabotage]) async throws -> ChaosReport {
        let start = ContinuousClock.now
        try await stage.gateway.start()
        let watch = Task { await watchMemory(of: stage) }
        defer { watch.cancel() }
        let (sent, stormed) = try await sendThroughStorm(stage, start)
        say("the storm is over; waiting for what is left")
        let isSettled = await settle(stage)
        let status = await stage.gateway.stop()
        for act in sabotage { try await act.commit(on: stage) }
        let evidence = try stage.evidence(sent)
        var findings = Checks.findings(evidence)
        if status != 0 { findings.append(Finding(.unfinished, "the gateway ended with status \(status)")) }
        if !isSettled { say("the backlog was not worked off in \(plan.settleFor)") }
        return ChaosReport(
            findings: findings, tally: stage.tally.all, reasons: Self.ends(of: evidence.stored),
            faults: stage.faults, events: evidence.stored.count, orders: Set(sent.map(\.order)).count,
            stormed: stormed, took: ContinuousClock.now - start)
    }

    /// - Throws: What ended the storm, as soon as it ended it: orders would wait in vain for a gateway that is gone.
    private func sendThroughStorm(
        _ stage: ChaosStage, _ start: ContinuousClock.Instant
    ) async throws -> (sent: [Evidence.Acknowledged], took: Duration) {
        try await withThrowingTaskGroup(of: [Evidence.Acknowledged]?.self) { group in
            group.addTask {
                try await stage.storm(plan).rage()
                return nil
            }
            group.addTask { try await sendOrders(stage, until: start + plan.placeFor + plan.settleFor, start) }
            var sent: [Evidence.Acknowledged] = []
            var took = Duration.zero
            for try await ended in group {
                guard let ended else { continue }
                (sent, took) = (ended, ContinuousClock.now - start)
                group.cancelAll()
            }
            return (sent, took)
        }
    }

    /// As many orders on their way as the plan allows, until all are placed or time is up.
    private func sendOrders(
        _ stage: ChaosStage, until deadline: ContinuousClock.Instant, _ start: ContinuousClock.Instant
    ) async throws -> [Evidence.Acknowledged] {
        try await withThrowingTaskGroup(of: [Evidence.Acknowledged].self) { group in
            var sent: [Evidence.Acknowledged] = []
            for number in 0..<plan.orders {
                guard ContinuousClock.now - start < plan.placeFor else {
                    say("time is up after \(number) orders")
                    break
                }
                if number >= plan.inFlight { sent += try await group.next() ?? [] }
                if number > 0, number % 1000 == 0 { say("\(number) orders placed") }
                let life = OrderLife(
                    incrementID: String(Self.firstIncrement + number), seed: plan.seed &* 1_000_003 &+ UInt64(number),
                    sandbox: stage.sandbox, transport: stage.acknowledgements, webhookURL: stage.webhookURL,
                    tally: stage.tally, deadline: deadline)
                group.addTask { try await life.live() }
            }
            for try await more in group { sent += more }
            return sent
        }
    }

    private func settle(_ stage: ChaosStage) async -> Bool {
        let limit = ContinuousClock.now + plan.settleFor
        while ContinuousClock.now < limit {
            if let status = await stage.gateway.status(), status.backlog == 0 { return true }
            try? await Task.sleep(for: Self.sampleEvery)
        }
        return false
    }

    private func watchMemory(of stage: ChaosStage) async {
        while (try? await Task.sleep(for: Self.sampleEvery)) != nil {
            stage.tally.peak("resident KiB", stage.gateway.residentKiB)
        }
    }

    /// How deliveries ended: `done`, `skipped: order-carried`.
    private static func ends(of events: [Evidence.Stored]) -> [String: Int] {
        events.flatMap(\.deliveries).reduce(into: [:]) { counts, delivery in
            counts[delivery.state + (delivery.reason.map { ": \($0)" } ?? ""), default: 0] += 1
        }
    }
}
