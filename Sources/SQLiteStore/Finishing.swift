import GRDB
import Relay

/// Ends an attempt: the delivery's new state, the audit trail, the lane's news, and the next of the subject.
enum Finishing {
    /// - Returns: `false` if the lease was lost; nothing is written then.
    static func run(
        _ lease: Lease, _ outcome: Outcome, _ record: AttemptRecord, exchanges: String, _ db: Database
    ) throws -> Bool {
        guard let (subject, lane) = try end(lease, outcome, at: record.finishedAt, db) else { return false }
        let reason = outcome.reason
        try db.run(
            insertAttempt,
            [
                lease.delivery.rawValue, lease.attempt, lease.owner, outcome.state.rawValue,
                reason?.code, reason?.message, reason?.advice,
                record.startedAt.millisecondsSince1970, record.finishedAt.millisecondsSince1970, exchanges,
            ])
        try tell(lane, outcome, at: record.finishedAt, db)
        try SubjectHeads.elect(subject, db)
        return true
    }

    private static func end(
        _ lease: Lease, _ outcome: Outcome, at moment: Timestamp, _ db: Database
    ) throws -> (subject: String, lane: String)? {
        var dueAt: Int64?
        var summary: String?
        switch outcome {
        case .retry(let at, _): dueAt = at.millisecondsSince1970
        case .done(let text): summary = text
        case .parked, .skipped: break
        }
        let isFinished = outcome.state.isFinished
        let ended = try db.row(
            endAttempt,
            [
                outcome.state.rawValue, isFinished ? 0 : 1, dueAt == nil ? 0 : 1, dueAt,
                isFinished ? moment.millisecondsSince1970 : nil, summary,
                outcome.reason?.code, outcome.reason?.message, outcome.reason?.advice,
                lease.delivery.rawValue, lease.attempt, lease.owner,
            ])
        return ended.map { ($0[0], $0[1]) }
    }

    private static func tell(_ lane: String, _ outcome: Outcome, at moment: Timestamp, _ db: Database) throws {
        switch outcome {
        case .done:
            try db.run(tellDone, [lane, moment.millisecondsSince1970])
        case .retry(_, let reason), .parked(let reason):
            try db.run(
                tellFailure,
                [lane, moment.millisecondsSince1970, reason.code, reason.message, reason.advice])
        case .skipped: break
        }
    }

    /// The fence: attempt and owner must still be those of the lease.
    private static let endAttempt = """
        UPDATE delivery SET state = ?, is_head = ?, failures = failures + ?, due_at_ms = coalesce(?, due_at_ms),
               finished_at_ms = ?, summary = ?, reason_code = ?, reason_message = ?, reason_advice = ?,
               owner = NULL, claimed_at_ms = NULL, lease_until_ms = NULL
         WHERE id = ? AND state = 'running' AND attempt = ? AND owner = ?
        RETURNING subject, lane
        """
    static let insertAttempt = """
        INSERT INTO attempt (delivery_id, attempt, owner, state, reason_code, reason_message, reason_advice,
                             started_at_ms, finished_at_ms, exchanges)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
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
