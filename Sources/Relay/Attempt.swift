/// One run of a flow over a claim: everything between the claim and its outcome.
struct Attempt: Sendable {
    let claim: Claim
    let flow: (any Flow)?
    let rules: RetryRules
    /// By name.
    let destinations: [String: Destination]
    let clock: any WallClock
    let redactor: any Redactor
    /// In `-1...1`.
    let jitter: Double

    /// - Parameter steps: Reads what earlier attempts left; may fail as the store may.
    /// - Returns: `nil` if nothing may be written: the lease was lost, or the process is stopping.
    func run(steps: () async throws -> Steps) async -> (Outcome, AttemptRecord)? {
        let trail = Trail(redactor: redactor)
        let startedAt = clock.now()
        let outcome: Outcome? = await Trail.$current.withValue(trail) {
            do {
                guard let flow else { throw unknownFlow }
                try refuseStale()
                return try await Destination.$caller.withValue(claim.lease.delivery) {
                    .done(summary: try await flow.carry(claim.event, steps()))
                }
            } catch is LeaseLost {
                return nil
            } catch {
                return Task.isCancelled ? nil : verdict(on: error)
            }
        }
        guard let outcome else { return nil }
        return (
            outcome, AttemptRecord(startedAt: startedAt, finishedAt: clock.now(), exchanges: trail.exchanges)
        )
    }

    func verdict(on error: any Error) -> Outcome {
        let fault = error as? any DeliveryFault ?? UnknownFault(error: error)
        let destination = fault.destination.flatMap { destinations[$0] }
        // A single call cannot tell a stale token from a refused sign-in; the flow has tried both when it fails.
        if fault.failureKind == .signInRefused { destination?.signInRefused(fault.reason) }
        return rules.outcome(
            of: fault, failures: claim.failures, hold: destination?.hold, now: clock.now(), jitter: jitter)
    }

    /// An update that was overtaken says less than what the far side knows already.
    private func refuseStale() throws {
        guard let version = claim.event.version, let applied = claim.appliedVersion, version < applied else { return }
        throw Verdict.skip(
            "stale-update", "A newer state of \(claim.event.subject) was carried before this one was its turn.")
    }

    private var unknownFlow: Verdict {
        .park(
            "unknown-flow", "No flow is called \(claim.route.flow).",
            advice: "The event was stored by another version; run that version, or skip the event.")
    }
}

/// An error that says nothing about itself.
private struct UnknownFault: DeliveryFault {
    let error: any Error
    var failureKind: FailureKind { .unknown }
    var reason: Reason { Reason(code: "unexpected", message: "Unexpected failure: \(error)") }
}
