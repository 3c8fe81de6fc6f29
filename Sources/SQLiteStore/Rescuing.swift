import GRDB
import Relay

/// Takes up what a dead process left running. That counts no failure: the record is not to blame.
enum Rescuing {
    static func run(now: Timestamp, owner: String, otherOwners: Bool, _ db: Database) throws -> Int {
        let now = now.millisecondsSince1970
        let lost = try db.rows(lost, [now, otherOwners ? 1 : 0, owner])
        for row in lost {
            let (id, previous, claimedAt): (Int64, String, Int64) = (row["id"], row["owner"], row["claimed_at_ms"])
            try db.run(free, [now, id])
            try db.run(
                Finishing.insertAttempt,
                [
                    id, row["attempt"] as Int, previous, DeliveryState.ready.rawValue, "interrupted",
                    "The process that worked on it ended, or stood still past the end of its lease.", nil,
                    claimedAt, max(now, claimedAt), "[]", nil, nil,
                ])
            try SubjectHeads.elect(row["subject"], db)
        }
        if otherOwners { try bringForward(now, db) }
        return lost.count
    }

    /// A wall clock that was ahead while an earlier process ran, and has been set right since, leaves everything that
    /// waits too far in the future. What is ready is due now; what waits has its whole wait before it again.
    private static func bringForward(_ now: Int64, _ db: Database) throws {
        guard let latest: Int64 = try db.row(latestMoment)?[0], latest > now else { return }
        try db.run(bringReadyForward, [now, now])
        try db.run(bringWaitingForward, ["now": now])
    }

    static let prolong = "UPDATE delivery SET lease_until_ms = ? WHERE state = 'running' AND owner = ?"
    static let lost = """
        SELECT id, subject, attempt, owner, claimed_at_ms FROM delivery
         WHERE state = 'running' AND (lease_until_ms <= ? OR (? AND owner <> ?))
        """
    /// Two index steps: a look at every row would cost each start.
    private static let latestMoment = """
        SELECT max(coalesce((SELECT finished_at_ms FROM attempt ORDER BY id DESC LIMIT 1), 0),
                   coalesce((SELECT received_at_ms FROM event ORDER BY id DESC LIMIT 1), 0))
        """
    private static let bringReadyForward = "UPDATE delivery SET due_at_ms = ? WHERE state = 'ready' AND due_at_ms > ?"
    private static let bringWaitingForward = """
        UPDATE delivery SET due_at_ms = :now + max(0, due_at_ms - last.finished_at_ms)
          FROM (SELECT delivery_id, max(finished_at_ms) AS finished_at_ms FROM attempt GROUP BY delivery_id) AS last
         WHERE last.delivery_id = delivery.id AND delivery.state = 'waiting' AND last.finished_at_ms > :now
        """
    private static let free = """
        UPDATE delivery SET state = 'ready', due_at_ms = ?,
               owner = NULL, claimed_at_ms = NULL, lease_until_ms = NULL
         WHERE id = ?
        """
}
