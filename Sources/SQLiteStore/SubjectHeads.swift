import GRDB

/// Who goes first in each subject.
///
/// The invariant: a subject with deliveries in its queue has exactly one head. In the queue is what is unfinished, but
/// for parked deliveries that let others pass. The head is the delivery at work, or else the first in order of arrival.
/// Every change of a delivery's state that can touch this ends with `elect`.
enum SubjectHeads {
    /// - Returns: The lane of a delivery that has become the head.
    @discardableResult
    static func elect(_ subject: String, _ db: Database) throws -> String? {
        let head = try db.row(SQL.head, [subject])
        guard let first: Int64 = try db.row(SQL.firstBehind, [subject])?[0] else { return nil }
        if let head {
            let (id, state): (Int64, String) = (head[0], head[1])
            guard first < id, state != "running" else { return nil }
            try db.run(SQL.demote, [id])
        }
        return try db.row(SQL.promote, [first])?[0]
    }

    enum SQL {
        static let head = "SELECT id, state FROM delivery WHERE subject = ? AND is_head = 1"
        static let firstBehind = """
            SELECT id FROM delivery
             WHERE subject = ? AND is_head = 0 AND finished_at_ms IS NULL AND (lets_pass = 0 OR state <> 'parked')
             ORDER BY id LIMIT 1
            """
        static let demote = "UPDATE delivery SET is_head = 0 WHERE id = ?"
        static let promote = "UPDATE delivery SET is_head = 1 WHERE id = ? RETURNING lane"
    }
}
