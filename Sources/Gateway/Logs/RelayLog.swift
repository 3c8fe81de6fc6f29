import Logging
import Relay

/// Tells the log what the relay does: one line per finished attempt, warnings for what an operator should see.
struct RelayLog: RelayObserver {
    let logger: Logger

    func notice(_ signal: RelaySignal) {
        switch signal {
        case .received(let receipt, let source, let kind, let subject):
            logger.debug(
                receipt.isDuplicate ? "received again" : "received",
                metadata: [
                    "event": "\(receipt.event)", "source": "\(source)", "kind": "\(kind)", "subject": "\(subject)",
                ])
        case .started(let claim):
            logger.debug("started", metadata: identity(claim))
        case .step(let lease, let name, let event, let subject, _):
            logger.debug(
                "step done",
                metadata: [
                    "event": "\(event)", "delivery": "\(lease.delivery)", "attempt": "\(lease.attempt)",
                    "subject": "\(subject)", "step": "\(name)",
                ])
        case .finished(let claim, let outcome, let took): finished(claim, outcome, took)
        case .leaseLost(let lease):
            logger.warning(
                "lost its lease; another attempt has taken over",
                metadata: ["delivery": "\(lease.delivery)", "attempt": "\(lease.attempt)"])
        case .interrupted(let lease):
            logger.info(
                "interrupted; taken up again at the next start",
                metadata: ["delivery": "\(lease.delivery)", "attempt": "\(lease.attempt)"])
        case .storeTrouble(let message): logger.error("store trouble: \(message)")
        case .destination(let name, let change): changed(name, change)
        case .lane(let name, let stop): changed(lane: name, stop)
        }
    }

    private func finished(_ claim: Claim, _ outcome: Outcome, _ took: Duration) {
        var fields = identity(claim)
        fields["outcome"] = "\(outcome.state.rawValue)"
        fields["ms"] = "\(took.wholeMilliseconds)"
        fields["code"] = outcome.reason.map { "\($0.code)" }
        switch outcome {
        case .done(let summary):
            fields["summary"] = summary.map { "\($0)" }
            logger.info("delivered", metadata: fields)
        case .skipped(let reason): logger.info("skipped: \(reason.message)", metadata: fields)
        case .superseded(let reason): logger.info("superseded: \(reason.message)", metadata: fields)
        case .held(let moment, let reason):
            fields["due"] = "\(moment.iso8601)"
            logger.info("held: \(reason.message)", metadata: fields)
        case .retry(let moment, let reason):
            fields["due"] = "\(moment.iso8601)"
            logger.warning("failed, will try again: \(reason.message)", metadata: fields)
        case .parked(let reason): logger.error("parked: \(reason)", metadata: fields)
        }
    }

    private func identity(_ claim: Claim) -> Logger.Metadata {
        [
            "event": "\(claim.event.id)", "delivery": "\(claim.lease.delivery)", "flow": "\(claim.route.flow)",
            "subject": "\(claim.event.subject)", "attempt": "\(claim.lease.attempt)",
        ]
    }
}
