import GRDB

/// What must be true of a store, and is looked at only when somebody asks: each of these reads all of it.
enum StoreFindings {
    /// Findings of one kind that are listed.
    static let limit = 20

    /// What SQLite finds wrong with the file itself.
    static func damage(_ db: Database) throws -> [String] {
        let damage = try String.fetchAll(db, sql: "PRAGMA integrity_check(\(limit))").filter { $0 != "ok" }
        let orphans = try Row.fetchAll(db, sql: "PRAGMA foreign_key_check").prefix(limit).map { row in
            let (table, row, parent) = (row["table"] ?? "?", row["rowid"] ?? 0 as Int64, row["parent"] ?? "?")
            return "row \(row) of \(table) belongs to a row of \(parent) that is not there"
        }
        return damage + orphans
    }

    /// What the program promises of the rows.
    static func broken(_ db: Database) throws -> [String] {
        try promises.flatMap { promise in
            try String.fetchAll(db, sql: promise.sql + " LIMIT \(limit)").map { "\(promise.words): \($0)" }
        }
    }

    private static let promises: [(words: String, sql: String)] = [
        (
            "a subject without exactly one head",
            """
            SELECT subject FROM delivery WHERE finished_at_ms IS NULL AND (lets_pass = 0 OR state <> 'parked')
             GROUP BY subject HAVING sum(is_head) <> 1
            """
        ),
        (
            "a subject whose head is not the first, and not at work",
            """
            SELECT subject FROM delivery h WHERE is_head = 1 AND state <> 'running' AND EXISTS (
                SELECT 1 FROM delivery d
                 WHERE d.subject = h.subject AND coalesce(d.place, d.id) < coalesce(h.place, h.id)
                   AND d.finished_at_ms IS NULL AND (d.lets_pass = 0 OR d.state <> 'parked'))
            """
        ),
        (
            "a lane's counter that does not count",
            """
            SELECT lane || ' ' || state || ': counted ' || sum(counted) || ', found ' || sum(found) FROM (
                SELECT lane, state, count AS counted, 0 AS found FROM lane_count
                UNION ALL SELECT lane, state, 0, count(*) FROM delivery GROUP BY lane, state)
             GROUP BY lane, state HAVING sum(counted) <> sum(found)
            """
        ),
        (
            "an unfinished delivery whose event has no body",
            """
            SELECT 'event ' || event_id FROM delivery WHERE finished_at_ms IS NULL
               AND NOT EXISTS (SELECT 1 FROM body WHERE body.event_id = delivery.event_id)
            """
        ),
        (
            "a numbered stream with a gap beyond its end",
            "SELECT g.name FROM stream_gap g JOIN stream s ON s.name = g.name WHERE g.last >= s.last"
        ),
        (
            "a numbered stream with gaps that overlap",
            """
            SELECT a.name FROM stream_gap a JOIN stream_gap b
                ON b.name = a.name AND b.first > a.first AND b.first <= a.last
            """
        ),
    ]
}
