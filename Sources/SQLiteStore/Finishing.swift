import GRDB
import Relay

/// Ends an attempt: the delivery's new state, the audit trail, the lane's news, and the next of the subject.
enum Finishing {
    /// - Returns: `nil` if the lease was lost; nothing is written then.
    static func run(
        _ lease: Lease, _ outcome: Outcome, _ record: AttemptRecord, exchanges: SealedExchanges, _ db: Database
    ) throws -> Finished? {
        guard let row = try db.row(held, [lease.delivery.rawValue, lease.attempt, lease.owner]) else { return nil }
        let (subject, lane, flow): (String, String, String) = (row["subject"], row["lane"], row["flow"])
        var outcome = outcome
        if row["latest_wins"], !outcome.state.isFinished,
            let newer: Int64 = try db.row(Superseding.newer, [subject, flow, row["place"] as Int64])?[0]
        {
            outcome = .superseded(Superseding.reason(by: EventID(newer)))
        }
        if case .parked(let reason) = outcome, reason.waitsFor != nil, row["values_changed"] {
            outcome = .held(until: record.finishedAt, Values.changedMeanwhile(reason))
        }
        try end(lease, outcome, letsPass: row["lets_pass"], at: record.finishedAt, db)
        if case .done = outcome, let version: Int64 = row["version"] {
            try db.run(applied, [flow, subject, version])
        }
        let reason = outcome.reason
        if outcome.isHeldUnsent(record.exchanges) {
            try db.run(forgetUnsent, [lease.delivery.rawValue, reason?.code])
        }
        try db.run(
            insertAttempt,
            [
                lease.delivery.rawValue, lease.attempt, lease.owner, outcome.state.rawValue,
                reason?.code, reason?.message, reason?.advice,
                record.startedAt.millisecondsSince1970, record.finishedAt.millisecondsSince1970,
                exchanges.plain, exchanges.sealed, exchanges.sealedBy,
            ])
        try tell(lane, outcome, at: record.finishedAt, db)
        return Finished(outcome: outcome, freedLane: try SubjectHeads.elect(subject, db))
    }

    private static func end(
        _ lease: Lease, _ outcome: Outcome, letsPass: Bool, at moment: Timestamp, _ db: Database
    ) throws {
        var dueAt: Int64?
        var summary: String?
        var isFailure = false
        var waitsFor: String?
        switch outcome {
        case .retry(let at, _): (dueAt, isFailure) = (at.millisecondsSince1970, true)
        case .held(let until, _): dueAt = until.millisecondsSince1970
        case .done(let text): summary = text
        case .parked(let reason): waitsFor = reason.waitsFor
        case .skipped, .superseded: break
        }
        let isFinished = outcome.state.isFinished
        let leavesQueue = isFinished || outcome.state == .parked && letsPass
        try db.run(
            endAttempt,
            [
                outcome.state.rawValue, !leavesQueue, isFailure, dueAt,
                isFinished ? moment.millisecondsSince1970 : nil, summary,
                outcome.reason?.code, outcome.reason?.message, outcome.reason?.advice, waitsFor,
                lease.delivery.rawValue,
            ])
    }

    private static func tell(_ lane: String, _ outcome: Outcome, at moment: Timestamp, _ db: Database) throws {
        switch outcome {
        case .done:
            try db.run(tellDone, [lane, moment.millisecondsSince1970])
        case .retry(_, let reason), .held(_, let reason), .parked(let reason):
            try db.run(
                tellFailure,
                [lane, moment.millisecondsSince1970, reason.code, reason.message, reason.advice])
        case .skipped, .superseded: break
        }
    }

    /// The fence: attempt and owner must still be those of the lease.
    private static let held = """
        SELECT d.subject, d.lane, d.flow, d.latest_wins, d.lets_pass, d.values_changed, coalesce(d.place, d.id) AS place, e.version
          FROM delivery d JOIN event e ON e.id = d.event_id
         WHERE d.id = ? AND d.state = 'running' AND d.attempt = ? AND d.owner = ?
        """
    private static let endAttempt = """
        UPDATE delivery SET state = ?, is_head = ?, failures = failures + ?, due_at_ms = coalesce(?, due_at_ms),
               finished_at_ms = ?, summary = ?, reason_code = ?, reason_message = ?, reason_advice = ?,
               waits_for = ?, owner = NULL, claimed_at_ms = NULL, lease_until_ms = NULL
         WHERE id = ?
        """
    private static let applied = """
        INSERT INTO applied (flow, subject, version) VALUES (?, ?, ?)
            ON CONFLICT (flow, subject) DO UPDATE SET version = max(version, excluded.version)
        """
    /// The last one stays, since `Rescuing` reads from it when the wait began.
    private static let forgetUnsent = """
        DELETE FROM attempt
         WHERE delivery_id = ? AND reason_code = ? AND state = 'waiting' AND exchanges = '[]' AND sealed_exchanges IS NULL
        """
    static let insertAttempt = """
        INSERT INTO attempt (delivery_id, attempt, owner, state, reason_code, reason_message, reason_advice,
                             started_at_ms, finished_at_ms, exchanges, sealed_exchanges, sealed_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    private static let tellDone = """
        INSERT INTO lane_news (lane, last_done_at_ms) VALUES (?, ?)
            ON CONFLICT (lane) DO UPDATE SET last_done_at_ms = excluded.last_done_at_ms
        """
    private static let tellFailure = """
        INSERT INTO lane_news (lane, last_failure_at_ms, reason_code, reason_message, reason_advice)
        VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (lane) DO UPDATE SET
               last_failure_at_ms = excluded.last_failure_at_ms, reason_code = excluded.reason_code,
               reason_message = excluded.reason_message, reason_advice = excluded.reason_advice
        """
}
