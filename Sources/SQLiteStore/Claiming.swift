import Foundation
import GRDB
import Relay

/// Hands out due heads: as many index steps as deliveries, however many wait.
enum Claiming {
    static func run(
        lane: String, limit: Int, bulkLimit: Int, owner: String, now: Timestamp, leaseUntil: Timestamp, _ db: Database
    ) throws -> [HandedOut] {
        let now = now.millisecondsSince1970
        var rows = try db.rows(due, [lane, false, now, limit])
        let bulk = min(bulkLimit, limit - rows.count)
        if bulk > 0 { rows += try db.rows(due, [lane, true, now, bulk]) }
        return try rows.map { row in
            let (id, attempt): (Int64, Int) = (row["id"], row["attempt"] + 1)
            try db.run(claim, [attempt, owner, now, leaseUntil.millisecondsSince1970, id])
            let claim = Claim(
                lease: Lease(delivery: DeliveryID(id), attempt: attempt, owner: owner),
                event: StoredEvent(
                    id: EventID(row["event_id"]), source: row["source"], kind: row["kind"], subject: row["subject"],
                    receivedAt: Timestamp(millisecondsSince1970: row["received_at_ms"]),
                    body: [], version: row["version"]),
                route: Route(
                    flow: row["flow"], lane: lane,
                    policy: SubjectPolicy(latestWins: row["latest_wins"], parkedLetsPass: row["lets_pass"])),
                failures: row["failures"], isBulk: row["is_bulk"], appliedVersion: row["applied"])
            return HandedOut(claim: claim, body: StoredBody(row), patches: StoredPatches(row))
        }
    }

    static let due = """
        SELECT d.id, d.event_id, d.flow, d.attempt, d.failures, d.latest_wins, d.lets_pass, d.is_bulk,
               e.source, e.kind, e.subject, e.received_at_ms, e.version, e.body_digest, e.patches,
               e.patches_sealed_by, b.bytes, b.sealed_by, a.version AS applied
          FROM delivery d JOIN event e ON e.id = d.event_id LEFT JOIN body b ON b.event_id = d.event_id
               LEFT JOIN applied a ON a.flow = d.flow AND a.subject = d.subject
         WHERE d.lane = ? AND d.is_bulk = ? AND d.due_at_ms <= ? AND d.is_head = 1 AND d.state IN ('ready', 'waiting')
         ORDER BY d.due_at_ms, d.id LIMIT ?
        """
    static let nextDue = """
        SELECT due_at_ms FROM delivery
         WHERE lane = ? AND is_bulk = ? AND is_head = 1 AND state IN ('ready', 'waiting')
         ORDER BY due_at_ms LIMIT 1
        """
    private static let claim = """
        UPDATE delivery SET state = 'running', attempt = ?, owner = ?, claimed_at_ms = ?, lease_until_ms = ?,
               reason_code = NULL, reason_message = NULL, reason_advice = NULL, values_changed = 0
         WHERE id = ?
        """
}
