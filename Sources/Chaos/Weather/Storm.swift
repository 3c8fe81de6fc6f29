import Foundation
import Sandbox
import Synchronization

/// Everything that goes wrong while orders are on their way, each kind of trouble at its own pace.
struct Storm: Sendable {
    let plan: ChaosPlan
    let sandbox: Sandbox
    let gateway: ServedGateway
    let clock: ShiftedClock?
    let ballast: Ballast?
    let tally: Tally

    private static let faultLasts = Duration.milliseconds(900)
    private static let calmLasts = Duration.milliseconds(1500)
    private static let jumpLasts = Duration.milliseconds(1500)
    /// After a full disk the gateway tries again to write what it could not.
    private static let writesAgainWithin = Duration.milliseconds(1500)
    private static let fullLasts = Duration.milliseconds(1200)

    /// Rages until the task is cancelled, then leaves good weather, the right time, an empty disk and a gateway that
    /// runs.
    /// - Throws: If the gateway does not come back.
    func rage() async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            if plan.kills { group.addTask { try await kill() } }
            if plan.faults { group.addTask { await fail() } }
            if let clock { group.addTask { try await turn(clock) } }
            if let ballast { group.addTask { try await fill(ballast) } }
            try await group.waitForAll()
        }
    }

    private func kill() async throws {
        var dice = SeededDice(seed: plan.seed &+ 1)
        while await rests(dice.about(plan.killEvery)) {
            await gateway.kill()
            let couldWrite = !(ballast?.wasFull(within: Self.writesAgainWithin) ?? false)
            for faults in [sandbox.commerce.faults, sandbox.dynamics.faults, sandbox.dynamics.identityFaults] {
                faults.noteGatewayEnd(couldWrite: couldWrite)
            }
            tally.count("kills")
            // Not cancelled half way: the gateway must be there afterwards.
            try await Task { try await startWhenPossible() }.value
        }
    }

    /// On a full disk it cannot start; then it is started again, as a service manager does.
    private func startWhenPossible() async throws {
        for _ in 0..<100 {
            do {
                return try await gateway.start()
            } catch ChaosError.notReady(let detail) where detail.contains("full") {
                tally.count("starts refused by the full disk")
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        try await gateway.start()
    }

    private func fail() async {
        var dice = SeededDice(seed: plan.seed &+ 2)
        let weather = FarSideWeather(sandbox: sandbox)
        var kinds: [FarSideWeather.Kind] = []
        while !Task.isCancelled {
            if kinds.isEmpty { kinds = FarSideWeather.Kind.allCases.shuffled(using: &dice) }
            let kind = kinds.removeLast()
            tally.count("weather: \(kind.rawValue)")
            weather.begin(kind)
            _ = await rests(dice.about(Self.faultLasts))
            weather.clear()
            _ = await rests(dice.about(Self.calmLasts))
        }
    }

    private func turn(_ clock: ShiftedClock) async throws {
        var dice = SeededDice(seed: plan.seed &+ 3)
        while await rests(dice.about(plan.jumpEvery)) {
            let minutes = [2, -2, 45, -45, 300, -300].randomElement(using: &dice) ?? 2
            try clock.set(.seconds(minutes * 60))
            tally.count(minutes > 0 ? "clock forward" : "clock back")
            _ = await rests(dice.about(Self.jumpLasts))
            // Now and then it goes on from there, and is set right only later.
            if Bool.random(using: &dice) { try clock.set(.zero) }
        }
        try clock.set(.zero)
    }

    private func fill(_ ballast: Ballast) async throws {
        var dice = SeededDice(seed: plan.seed &+ 4)
        while await rests(dice.about(plan.fillEvery)) {
            try ballast.fill()
            tally.count("disk full")
            _ = await rests(dice.about(Self.fullLasts))
            ballast.empty()
        }
    }

    /// - Returns: `false` if the storm is over.
    private func rests(_ duration: Duration) async -> Bool {
        (try? await Task.sleep(for: duration)) != nil
    }
}
