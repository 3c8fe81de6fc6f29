import Foundation
import GRDB
import Relay

/// Takes a person out of the store.
enum Erasing {
    /// Events in one transaction, so that those who wait for the writer go in between.
    static let eventsPerPart = 25

    static let reason = Reason(code: "erased", message: "A person's data was erased.")

    /// - Returns: What would be erased of these events.
    static func count(_ events: [Int64], _ db: Database) throws -> ErasureCount {
        var count = ErasureCount()
        for event in events {
            let running = try runningDeliveries(of: event, db)
            count.running += running
            guard running == 0 else { continue }
            let attempts: Int = try db.row(attemptsWithContent, [event])?[0] ?? 0
            let keepsBody = try db.row(hasBody, [event]) != nil
            if keepsBody || attempts > 0 { count.events += 1 }
            count.attempts += attempts
            count.unfinished += try db.row(unfinished, [event])?[0] ?? 0
        }
        return count
    }

    /// - Returns: What was erased. Events with a running delivery are left alone.
    static func erase(_ events: [Int64], _ needles: [Needle], at moment: Timestamp, _ db: Database) throws
        -> ErasureCount
    {
        let count = try count(events, db)
        for event in events where try runningDeliveries(of: event, db) == 0 {
            try end(event, at: moment, db)
            for statement in emptied { try db.run(statement, [event]) }
            for statement in sentences { try db.run(statement, [reason.message, event]) }
            try takeOut(needles, ofEvent: event, db)
        }
        return count
    }

    private static func runningDeliveries(of event: Int64, _ db: Database) throws -> Int {
        try db.row(running, [event])?[0] ?? 0
    }

    /// Ends what is not finished, so that the next of its subject may go on.
    private static func end(_ event: Int64, at moment: Timestamp, _ db: Database) throws {
        let subjects: [String] = try db.rows(
            skip,
            [
                moment.millisecondsSince1970, reason.code, reason.message, event,
            ]
        ).map { $0[0] }
        for subject in Set(subjects) { try SubjectHeads.elect(subject, db) }
    }

    /// A subject or a dedup key that holds the address itself gets the event's number in its place.
    private static func takeOut(_ needles: [Needle], ofEvent event: Int64, _ db: Database) throws {
        guard let row = try db.row("SELECT subject, dedup_key FROM event WHERE id = ?", [event]) else { return }
        let (subject, dedupKey): (String, String) = (row[0], row[1])
        if needles.contains(where: { $0.isFound(in: subject) }) {
            try db.run("UPDATE event SET subject = ? WHERE id = ?", ["erased \(event)", event])
            try db.run("UPDATE delivery SET subject = ? WHERE event_id = ?", ["erased \(event)", event])
            try db.run("DELETE FROM applied WHERE subject = ?", [subject])
        }
        if needles.contains(where: { $0.isFound(in: dedupKey) }) {
            try db.run("UPDATE event SET dedup_key = ? WHERE id = ?", ["erased \(event)", event])
        }
    }

    private static let running = "SELECT count(*) FROM delivery WHERE event_id = ? AND state = 'running'"
    private static let unfinished = "SELECT count(*) FROM delivery WHERE event_id = ? AND finished_at_ms IS NULL"
    private static let hasBody = "SELECT 1 FROM body WHERE event_id = ?"
    private static let attemptsWithContent = """
        SELECT count(*) FROM delivery d CROSS JOIN attempt a ON a.delivery_id = d.id
         WHERE d.event_id = ? AND (a.exchanges <> '[]' OR a.sealed_by IS NOT NULL)
        """
    private static let skip = """
        UPDATE delivery SET state = 'skipped', is_head = 0, finished_at_ms = ?,
               reason_code = ?, reason_message = ?, reason_advice = NULL, waits_for = NULL
         WHERE event_id = ? AND finished_at_ms IS NULL
        RETURNING subject
        """
    private static let emptied = [
        "DELETE FROM body WHERE event_id = ?",
        "DELETE FROM search_key WHERE event_id = ?",
        "UPDATE event SET patches = NULL, patches_sealed_by = NULL WHERE id = ?",
        """
        UPDATE attempt SET exchanges = '[]', sealed_exchanges = NULL, sealed_by = NULL
         WHERE delivery_id IN (SELECT id FROM delivery WHERE event_id = ?)
        """,
        """
        UPDATE step SET result = CAST('"\(Needle.mark)"' AS BLOB)
         WHERE result IS NOT NULL AND delivery_id IN (SELECT id FROM delivery WHERE event_id = ?)
        """,
    ]
    /// They quote records, and nobody can say what of them.
    private static let sentences = [
        """
        UPDATE attempt SET reason_advice = NULL, reason_message = CASE WHEN reason_message IS NOT NULL THEN ? END
         WHERE delivery_id IN (SELECT id FROM delivery WHERE event_id = ?)
        """,
        """
        UPDATE delivery SET summary = NULL, reason_advice = NULL,
               reason_message = CASE WHEN reason_message IS NOT NULL THEN ? END
         WHERE event_id = ?
        """,
    ]
}
