import GRDB
import Relay

/// Where the latest event of a subject wins, older ones end when a newer one comes. One that runs is left to end by
/// itself.
enum Superseding {
    /// Ends what the newest delivery of this subject and flow makes superfluous.
    static func run(by event: EventID, subject: String, flow: String, at moment: Timestamp, _ db: Database) throws {
        let reason = reason(by: event)
        try db.run(
            supersede,
            [moment.millisecondsSince1970, reason.code, reason.message, subject, flow, event.rawValue])
        if db.changesCount > 0 { try SubjectHeads.elect(subject, db) }
    }

    static func reason(by event: EventID) -> Reason {
        Reason(code: "superseded", message: "Event \(event) of the same subject is newer and says all that it said.")
    }

    /// The event of the newest delivery behind this one.
    static let newer = """
        SELECT event_id FROM delivery
         WHERE subject = ? AND flow = ? AND coalesce(place, id) > ? AND latest_wins = 1 AND finished_at_ms IS NULL
         ORDER BY coalesce(place, id) DESC LIMIT 1
        """
    static let supersede = """
        UPDATE delivery SET state = 'superseded', is_head = 0, finished_at_ms = ?,
               reason_code = ?, reason_message = ?, reason_advice = NULL, waits_for = NULL
         WHERE subject = ? AND flow = ? AND latest_wins = 1 AND finished_at_ms IS NULL
           AND state <> 'running' AND event_id <> ?
        """
}
