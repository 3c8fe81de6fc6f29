import GRDB
import Relay

/// What a person may do to the deliveries of an event. Running ones are left alone: they are somebody else's.
enum Intervention {
    static func replay(_ id: EventID, onlyParked: Bool, at moment: Timestamp, _ db: Database) throws -> [DeliveryID] {
        try change(id, onlyParked ? restartUnfinished : restart, [moment.millisecondsSince1970, id.rawValue], db)
    }

    static func skip(_ id: EventID, _ reason: Reason, at moment: Timestamp, _ db: Database) throws -> [DeliveryID] {
        try change(
            id, skip, [moment.millisecondsSince1970, reason.code, reason.message, reason.advice, id.rawValue], db)
    }

    private static func change(
        _ id: EventID, _ sql: String, _ arguments: StatementArguments, _ db: Database
    ) throws -> [DeliveryID] {
        let changed = try db.rows(sql, arguments)
        for subject in Set(changed.map { $0["subject"] as String }) {
            // A skipped head leaves its place to the next; a replayed delivery takes the place that its arrival
            // gives it.
            try SubjectHeads.elect(subject, db)
        }
        return changed.map { DeliveryID($0["id"]) }.sorted()
    }

    private static let restart = """
        UPDATE delivery SET state = 'ready', failures = 0, due_at_ms = ?, finished_at_ms = NULL, summary = NULL,
               reason_code = NULL, reason_message = NULL, reason_advice = NULL
         WHERE event_id = ? AND state IN ('parked', 'waiting', 'done', 'skipped')
        RETURNING id, subject
        """
    private static let restartUnfinished = """
        UPDATE delivery SET state = 'ready', failures = 0, due_at_ms = ?,
               reason_code = NULL, reason_message = NULL, reason_advice = NULL
         WHERE event_id = ? AND state IN ('parked', 'waiting')
        RETURNING id, subject
        """
    private static let skip = """
        UPDATE delivery SET state = 'skipped', is_head = 0, finished_at_ms = ?,
               reason_code = ?, reason_message = ?, reason_advice = ?
         WHERE event_id = ? AND state IN ('parked', 'waiting', 'ready')
        RETURNING id, subject
        """
}
