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
                    claimedAt, max(now, claimedAt), "[]",
                ])
            try SubjectHeads.elect(row["subject"], db)
        }
        return lost.count
    }

    static let prolong = "UPDATE delivery SET lease_until_ms = ? WHERE state = 'running' AND owner = ?"
    static let lost = """
        SELECT id, subject, attempt, owner, claimed_at_ms FROM delivery
         WHERE state = 'running' AND (lease_until_ms <= ? OR (? AND owner <> ?))
        """
    private static let free = """
        UPDATE delivery SET state = 'ready', due_at_ms = ?,
               owner = NULL, claimed_at_ms = NULL, lease_until_ms = NULL
         WHERE id = ?
        """
}
