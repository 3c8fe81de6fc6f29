/// What becomes of a delivery whose attempt failed: by kind of failure, and for retries by a schedule.
public struct RetryRules: Sendable, Equatable {
    public enum Treatment: String, Sendable, CaseIterable {
        /// Tried again by the schedule, which ends with a person.
        case retry
        /// Waits for a person at once.
        case park
        /// Waits for its destination, and counts as no failure.
        case hold
    }

    public var schedule: RetrySchedule
    /// Kinds that are treated otherwise than usual.
    public var exceptions: [FailureKind: Treatment]

    public init(schedule: RetrySchedule = RetrySchedule(), exceptions: [FailureKind: Treatment] = [:]) {
        self.schedule = schedule
        self.exceptions = exceptions
    }

    /// Kinds that an exception can be made for: those that may lie in the record. What lies in the destination is
    /// no record's business.
    public static let changeable: [FailureKind] = FailureKind.allCases.filter {
        [.record, .crash].contains($0.bearing) && $0 != .businessRule
    }

    public func treatment(of kind: FailureKind) -> Treatment { exceptions[kind] ?? Self.usual(kind) }

    private static func usual(_ kind: FailureKind) -> Treatment {
        switch kind {
        case .throttled, .signInRefused, .held: .hold
        case .network, .timeout, .unclearOutcome, .unavailable, .unreadable, .unauthorized: .retry
        // A missing right is met by every record until the set-up is mended: they wait instead of parking one by one.
        case .serverError, .forbidden, .conflict, .unknown: .retry
        case .validation, .businessRule, .notFound, .unexpected, .misconfigured: .park
        }
    }

    /// - Parameters:
    ///   - failures: Counted before this one.
    ///   - hold: How long the destination of the fault takes no calls from now on; `nil` if it takes them.
    ///   - jitter: In `-1...1`.
    public func outcome(
        of fault: any DeliveryFault, failures: Int, hold: Duration?, now: Timestamp, jitter: Double
    ) -> Outcome {
        // Faults quote what the far side said, which may be long.
        let reason = fault.reason.bounded
        switch fault.disposition {
        case .park: return .parked(reason)
        case .skip: return .skipped(reason)
        case .retry(let after):
            return retry(reason, after: after, failures: failures, now: now, jitter: jitter)
        case nil: break
        }
        // While the destination is out of order, no record is blamed for what may be the destination's.
        if let hold, fault.failureKind.bearing != .record {
            return .held(until: now + spread(hold, jitter), reason)
        }
        switch treatment(of: fault.failureKind) {
        case .park: return .parked(reason)
        case .retry:
            return retry(reason, after: fault.retryAfter, failures: failures, now: now, jitter: jitter)
        case .hold:
            return .held(until: now + spread(fault.retryAfter ?? schedule.firstWait, jitter), reason)
        }
    }

    /// Later, never earlier, so that those that were held together do not return together.
    private func spread(_ wait: Duration, _ jitter: Double) -> Duration {
        max(wait, schedule.shortestHold) * (1 + 0.2 * abs(min(max(jitter, -1), 1)))
    }

    private func retry(
        _ reason: Reason, after: Duration?, failures: Int, now: Timestamp, jitter: Double
    ) -> Outcome {
        if let wait = schedule.wait(failures: failures + 1, retryAfter: after, jitter: jitter) {
            return .retry(at: now + wait, reason)
        }
        var reason = reason
        reason.message += " Tried \(failures + 1) times; the retry schedule is used up."
        reason.advice = reason.advice ?? "Mend the cause, then replay the event."
        return .parked(reason)
    }
}
