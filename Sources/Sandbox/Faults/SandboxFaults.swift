import Synchronization

/// The fault knobs of one platform: can be turned while it serves.
public final class SandboxFaults: Sendable {
    /// What the platform does with one request.
    enum Verdict: Hashable {
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
        var dealt: [String: Int] = [:]
        var pauses = AskedPauses()
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

    /// What was done wrong so far, by kind: how often.
    public var dealt: [String: Int] { state.withLock { $0.dealt } }

    /// Requests that came although a `Retry-After` of at least a second before had asked for a pause.
    public var requestsInPauses: Int { state.withLock { $0.pauses.violations } }

    /// The same by a gateway that was started after the pause had been asked for; see `noteGatewayEnd`.
    public var requestsInPausesBeforeStart: Int { state.withLock { $0.pauses.violationsAfterRestart } }

    /// The gateway was killed: the next one knows only what this one wrote down.
    /// - Parameter couldWrite: `false` if its disk was full shortly before.
    public func noteGatewayEnd(couldWrite: Bool = true) {
        state.withLock { $0.pauses.noteCallerEnd(at: .now, couldWrite: couldWrite) }
    }

    /// Decides about one request and counts down what was used up.
    func verdict(isCreate: Bool, arrivedAt arrival: ContinuousClock.Instant = .now) -> Verdict {
        state.withLock { state in
            state.pauses.noteRequest(at: arrival)
            let verdict = Self.verdict(isCreate: isCreate, &state)
            if case .tooManyRequests(let seconds?) = verdict { state.pauses.ask(for: .seconds(seconds), at: .now) }
            if let kind = verdict.kind { state.dealt[kind, default: 0] += 1 }
            return verdict
        }
    }

    private static func verdict(isCreate: Bool, _ state: inout State) -> Verdict {
        if state.plan.isUnreachable { return .cutBeforeCommit }
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

extension SandboxFaults.Verdict {
    /// For counting; `nil` where nothing is wrong.
    fileprivate var kind: String? {
        switch self {
        case .proceed: nil
        case .unauthorized: "401"
        case .tooManyRequests(nil): "429"
        case .tooManyRequests: "429 with Retry-After"
        case .serverError: "500"
        case .maintenance: "503 page"
        case .cutBeforeCommit: "cut before commit"
        case .cutAfterCommit: "cut after commit"
        }
    }
}

private func use(_ count: inout Int) -> Bool {
    guard count > 0 else { return false }
    count -= 1
    return true
}
