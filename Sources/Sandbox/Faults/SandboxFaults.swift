import Synchronization

/// The fault knobs of one platform: can be turned while it serves.
public final class SandboxFaults: Sendable {
    /// What the platform does with one request.
    enum Verdict: Equatable {
        case proceed
        case unauthorized
        case tooManyRequests(retryAfterSeconds: Int?)
        case serverError
        case maintenance
        case cutBeforeCommit
        case cutAfterCommit
    }

    private struct State {
        var plan: FaultPlan
        var random: SeededRandom
    }

    private let state: Mutex<State>

    /// - Parameter seed: The same seed and the same requests give the same cuts.
    public init(_ plan: FaultPlan = .none, seed: UInt64 = 1) {
        state = Mutex(State(plan: plan, random: SeededRandom(seed: seed)))
    }

    public var plan: FaultPlan {
        get { state.withLock { $0.plan } }
        set { state.withLock { $0.plan = newValue } }
    }

    /// Changes single knobs and leaves the others, the counted-down ones included, as they are.
    public func update(_ change: @Sendable (inout FaultPlan) -> Void) {
        state.withLock { change(&$0.plan) }
    }

    /// Decides about one request and counts down what was used up.
    func verdict(isCreate: Bool) -> Verdict {
        state.withLock { state in
            if state.plan.isAway { return .maintenance }
            if use(&state.plan.nextUnauthorized) { return .unauthorized }
            if use(&state.plan.nextTooManyRequests) {
                return .tooManyRequests(retryAfterSeconds: state.plan.retryAfterSeconds)
            }
            if use(&state.plan.nextServerErrors) { return .serverError }
            if use(&state.plan.nextMaintenancePages) { return .maintenance }
            guard isCreate else { return .proceed }
            let (before, after) = (state.plan.cutBeforeCommit, state.plan.cutAfterCommit)
            guard before > 0 || after > 0 else { return .proceed }
            let dice = Double.random(in: 0..<1, using: &state.random)
            if dice < before { return .cutBeforeCommit }
            return dice < before + after ? .cutAfterCommit : .proceed
        }
    }
}

private func use(_ count: inout Int) -> Bool {
    guard count > 0 else { return false }
    count -= 1
    return true
}
