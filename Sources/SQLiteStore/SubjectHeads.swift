import GRDB

/// Who goes first in each subject.
///
/// The invariant: a subject with deliveries in its queue has exactly one head. In the queue is what is unfinished, but
/// for parked deliveries that let others pass. The head is the delivery at work, or else the first in order of arrival;
/// an edited copy has the place of what it stands in for.
/// Every change of a delivery's state that can touch this ends with `elect`.
enum SubjectHeads {
    /// - Returns: The lane of a delivery that has become the head.
    @discardableResult
    static func elect(_ subject: String, _ db: Database) throws -> String? {
        let head = try db.row(SQL.head, [subject])
        guard let first = try db.row(SQL.firstBehind, [subject]) else { return nil }
        if let head {
            let (id, state, place): (Int64, String, Int64) = (head["id"], head["state"], head["place"])
            guard first["place"] < place, state != "running" else { return nil }
            try db.run(SQL.demote, [id])
        }
        return try db.row(SQL.promote, [first["id"] as Int64])?[0]
    }

    /// What waits in the queue before a live delivery is no bulk work any more.
    static func hurry(_ subject: String, _ db: Database) throws { try db.run(SQL.hurry, [subject]) }

    enum SQL {
        static let head = """
            SELECT id, state, coalesce(place, id) AS place FROM delivery WHERE subject = ? AND is_head = 1
            """
        static let firstBehind = """
            SELECT id, coalesce(place, id) AS place FROM delivery
             WHERE subject = ? AND is_head = 0 AND finished_at_ms IS NULL AND (lets_pass = 0 OR state <> 'parked')
             ORDER BY coalesce(place, id) LIMIT 1
            """
        static let demote = "UPDATE delivery SET is_head = 0 WHERE id = ?"
        static let promote = "UPDATE delivery SET is_head = 1 WHERE id = ? RETURNING lane"
        static let hurry = """
            UPDATE delivery SET is_bulk = 0 WHERE subject = ? AND is_bulk = 1 AND finished_at_ms IS NULL
            """
    }
}
