import Relay

/// What becomes of a job by what was found out about it: pure.
extension DataJob {
    mutating func reach(_ state: DataJobState, at now: Timestamp, nextLookAt: Timestamp?, _ reason: Reason? = nil) {
        self.state = state
        self.nextLookAt = state.isFinished ? nil : nextLookAt
        self.reason = reason?.bounded
        changedAt = now
        looks = 0
        failures = 0
    }

    /// The call to begin was answered, or the far side knows the execution.
    mutating func began(at now: Timestamp, _ settings: DataJobSettings) {
        reach(.running, at: now, nextLookAt: now + settings.wait(looks: 0))
    }

    /// The far side does not know the execution that it may have been asked to begin.
    mutating func isUnknownThere(at now: Timestamp, _ settings: DataJobSettings) {
        let settled = changedAt + settings.settle
        failures = 0
        if now < settled {
            // The begin may still be on its way.
            looks += 1
            nextLookAt = min(settled, now + settings.wait(looks: looks))
        } else if starts < settings.maxStarts {
            reach(.prepared, at: now, nextLookAt: now)
        } else {
            reach(.unclear, at: now, nextLookAt: nil, JobReason.neverBegan(self))
        }
    }

    /// It runs, as far as anybody can tell.
    mutating func stillRuns(at now: Timestamp, _ settings: DataJobSettings) {
        failures = 0
        reason = nil
        guard now - changedAt < settings.longestRun else {
            return reach(.unclear, at: now, nextLookAt: nil, JobReason.stillRunning(self, settings.longestRun))
        }
        looks += 1
        nextLookAt = now + settings.wait(looks: looks)
    }

    /// The call to begin failed. What was certainly not taken up can be begun again at once, without asking first; what
    /// D365 refuses is over; only of the rest nobody knows.
    mutating func beginFailed(_ error: any Error, at now: Timestamp, _ settings: DataJobSettings, jitter: Double) {
        let kind = (error as? any DeliveryFault)?.failureKind ?? .unknown
        let wasNotTakenUp = [.throttled, .held, .network, .signInRefused, .unauthorized, .forbidden].contains(kind)
        if wasNotTakenUp || RetryRules().treatment(of: kind) == .park {
            state = .prepared
            starts -= 1
        }
        met(error, at: now, settings, jitter: jitter)
    }

    /// A call failed. What may pass is tried again by the schedule; what a person must mend ends the job.
    mutating func met(_ error: any Error, at now: Timestamp, _ settings: DataJobSettings, jitter: Double) {
        let fault = error as? any DeliveryFault
        let kind = fault?.failureKind ?? .unknown
        let cause = fault?.reason ?? Reason(code: "unknown", message: "\(error)")
        // Once it may have begun, nobody can say that it failed because a question about it was refused.
        let end: DataJobState = state == .prepared ? .failed : .unclear
        let isPassing = RetryRules().treatment(of: kind) != .park
        failures += 1
        guard isPassing,
            let wait = settings.retry.wait(failures: failures, retryAfter: fault?.retryAfter, jitter: jitter)
        else { return reach(end, at: now, nextLookAt: nil, cause) }
        nextLookAt = now + wait
        reason = cause.bounded
    }
}

/// Why jobs end otherwise than well.
enum JobReason {
    private static let history = "Look at Data management > Job history in D365 for execution "

    static func neverBegan(_ job: DataJob) -> Reason {
        Reason(
            code: "dmf-never-began",
            message:
                "D365 was asked \(job.starts) times to begin the \(job.kind.rawValue) of \(job.entity) and knows "
                + "no execution \(job.executionID).",
            advice: "\(history)\(job.executionID); if it is not there, ask for the job again.")
    }

    static func stillRunning(_ job: DataJob, _ limit: Duration) -> Reason {
        Reason(
            code: "dmf-still-running",
            message: "The \(job.kind.rawValue) of \(job.entity) has not ended after \(limit.components.seconds) s.",
            advice: "\(history)\(job.executionID).")
    }

    static func failedWithoutErrors(_ job: DataJob) -> Reason {
        Reason(
            code: "dmf-failed-without-errors",
            message: "D365 says that the \(job.kind.rawValue) of \(job.entity) failed, and names no error.",
            advice: "\(history)\(job.executionID), and at its execution log. Usual causes: a column that the project "
                + "does not map, a file that is not in the project's format, or staging that was cleaned up.")
    }

    static func failed(_ job: DataJob, isPartial: Bool, first: String) -> Reason {
        Reason(
            code: isPartial ? "dmf-partly-succeeded" : "dmf-failed",
            message: "D365 refused \(isPartial ? "rows" : "all rows") of the \(job.kind.rawValue) of \(job.entity): "
                + first,
            advice: "Correct the rows that the findings name, and carry those alone once more.")
    }

    static func canceled(_ job: DataJob) -> Reason {
        Reason(
            code: "dmf-canceled",
            message: "Somebody canceled the \(job.kind.rawValue) of \(job.entity) in D365.",
            advice: "Ask for it again if it is still wanted.")
    }

    static func noPackage(_ job: DataJob) -> Reason {
        Reason(
            code: "dmf-package-gone", message: "The package of job \(job.id) is no longer kept.",
            advice: "Ask for the job again.")
    }

    static func noExport(_ job: DataJob) -> Reason {
        Reason(
            code: "dmf-export-gone", message: "D365 gives no link to the package that the export made.",
            advice: "For an incremental export this delta is lost: reset the version token, or export in full.")
    }
}
