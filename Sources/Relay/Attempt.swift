/// One run of a flow over a claim: everything between the claim and its outcome.
struct Attempt: Sendable {
    let claim: Claim
    let flow: (any Flow)?
    let schedule: RetrySchedule
    let clock: any WallClock
    /// In `-1...1`.
    let jitter: Double

    /// - Parameter steps: Reads what earlier attempts left; may fail as the store may.
    /// - Returns: `nil` if nothing may be written: the lease was lost, or the process is stopping.
    func run(steps: () async throws -> Steps) async -> (Outcome, AttemptRecord)? {
        let trail = Trail()
        let startedAt = clock.now()
        let outcome: Outcome? = await Trail.$current.withValue(trail) {
            do {
                guard let flow else { throw unknownFlow }
                try refuseStale()
                return .done(summary: try await flow.carry(claim.event, steps()))
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
        let fault =
            error as? any DeliveryFault
            ?? Verdict.retry("unexpected", "Unexpected failure: \(error)")
        switch fault.disposition {
        case .park: return .parked(fault.reason)
        case .skip: return .skipped(fault.reason)
        case .retry(let retryAfter):
            guard let wait = schedule.wait(failures: claim.failures + 1, retryAfter: retryAfter, jitter: jitter)
            else {
                var reason = fault.reason
                reason.message += " Tried \(claim.failures + 1) times; the retry schedule is used up."
                reason.advice = reason.advice ?? "Mend the cause, then replay the event."
                return .parked(reason)
            }
            return .retry(at: clock.now() + wait, fault.reason)
        }
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
