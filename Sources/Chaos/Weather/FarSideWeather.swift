import Sandbox

/// What goes wrong with the platforms, one kind after the other; all kinds come before one comes again.
struct FarSideWeather {
    enum Kind: String, CaseIterable {
        case throttled = "D365 limits calls, with Retry-After"
        case throttledWithoutWord = "D365 limits calls, without Retry-After"
        case shopThrottled = "the shop limits calls, with Retry-After"
        case serverErrors = "500s"
        case maintenancePages = "503 pages in HTML"
        case cutBefore = "connections cut before commit"
        case cutAfter = "connections cut after commit"
        case slow = "slow answers"
        case tokensLost = "tokens lost"
        case signInAway = "sign-in away, tokens lost"
        case dynamicsAway = "D365 away"
        case commerceAway = "the shop away"
        case unreachable = "both unreachable"
    }

    /// Longer than the grace that requests under way have, so that keeping the pause shows.
    private static let retryAfterSeconds = 3
    private static let calls = 12

    let sandbox: Sandbox

    func begin(_ kind: Kind) {
        let (commerce, dynamics, identity) = (
            sandbox.commerce.faults, sandbox.dynamics.faults, sandbox.dynamics.identityFaults
        )
        switch kind {
        case .throttled: throttle(dynamics, Self.retryAfterSeconds)
        case .throttledWithoutWord: throttle(dynamics, nil)
        case .shopThrottled: throttle(commerce, Self.retryAfterSeconds)
        case .serverErrors: both { $0.nextServerErrors = Self.calls }
        case .maintenancePages: both { $0.nextMaintenancePages = Self.calls }
        case .cutBefore: both { $0.cutBeforeCommit = 0.3 }
        case .cutAfter: both { $0.cutAfterCommit = 0.3 }
        case .slow: both { $0.latency = .milliseconds(300) }
        case .tokensLost: sandbox.dynamics.expireTokens()
        case .signInAway:
            identity.update { $0.isAway = true }
            sandbox.dynamics.expireTokens()
        case .dynamicsAway: dynamics.update { $0.isAway = true }
        case .commerceAway: commerce.update { $0.isAway = true }
        case .unreachable: both { $0.isUnreachable = true }
        }
    }

    /// Good weather everywhere.
    func clear() {
        both { $0 = .none }
        sandbox.dynamics.identityFaults.plan = .none
    }

    private func both(_ change: @Sendable (inout FaultPlan) -> Void) {
        sandbox.commerce.faults.update(change)
        sandbox.dynamics.faults.update(change)
    }

    private func throttle(_ faults: SandboxFaults, _ seconds: Int?) {
        faults.update {
            $0.nextTooManyRequests = Self.calls
            $0.retryAfterSeconds = seconds
        }
    }
}
