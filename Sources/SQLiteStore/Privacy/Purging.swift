import Foundation
import GRDB
import Relay

/// Finds what the rules of retention no longer keep, and takes it away.
enum Purging {
    /// Events with one set of ages.
    struct Group: Sendable, Equatable {
        /// JSON list of kinds: those of the group, or those that are not of it.
        var kinds: String
        var isListed: Bool
        var ages: RetentionRules.Ages
    }

    /// What to purge in one transaction; at most one of them is not empty.
    struct Part: Sendable, Equatable {
        var bodies: [Int64] = []
        var attempts: [Int64] = []
        var events: [Int64] = []
    }

    /// A purged event takes its deliveries, steps, attempts and search keys along, so it counts for as many rows.
    static let rowsPerEvent = 20

    static func groups(_ rules: RetentionRules) -> [Group] {
        let kinds = rules.kinds.keys.sorted()
        let special = kinds.compactMap { kind in
            rules.kinds[kind].map { Group(kinds: json([kind]), isListed: true, ages: $0) }
        }
        return [Group(kinds: json(kinds), isListed: false, ages: rules.ages)] + special
    }

    static func find(_ rules: RetentionRules, now: Timestamp, limit: Int, _ db: Database) throws -> Part {
        let groups = groups(rules)
        for group in groups {
            let found = try events(group, older: group.ages.bodies, now, bodies, limit, db)
            if !found.isEmpty { return Part(bodies: found) }
        }
        for group in groups {
            let found = try attempts(group, now, limit, db)
            if !found.isEmpty { return Part(attempts: found) }
        }
        for group in groups {
            let count = max(1, limit / rowsPerEvent)
            let found = try events(group, older: group.ages.events, now, wholeEvents, count, db)
            if !found.isEmpty { return Part(events: found) }
        }
        return Part()
    }

    /// What is not finished any more, because somebody replayed it meanwhile, stays.
    static func purge(_ part: Part, _ db: Database) throws -> PurgeCount {
        var count = PurgeCount()
        for id in part.bodies where try isFinished(id, db) {
            try db.run(deleteBody, [id])
            count.bodies += db.changesCount
            try db.run(deletePatches, [id])
        }
        for id in part.attempts {
            try db.run(emptyAttempt, [id])
            count.attempts += db.changesCount
        }
        for id in part.events where try isFinished(id, db) {
            try db.run(deleteEvent, [id])
            count.events += 1
        }
        return count
    }

    private static func events(
        _ group: Group, older age: Duration?, _ now: Timestamp, _ sql: String, _ limit: Int, _ db: Database
    ) throws -> [Int64] {
        guard let age else { return [] }
        let before = now.millisecondsSince1970 - age.wholeMilliseconds
        guard let last = try Age.lastRow(of: .event, before: before, db) else { return [] }
        return try db.rows(sql, [last, before, group.kinds, group.isListed, limit]).map { $0[0] }
    }

    private static func attempts(_ group: Group, _ now: Timestamp, _ limit: Int, _ db: Database) throws -> [Int64] {
        guard let age = group.ages.attempts else { return [] }
        let before = now.millisecondsSince1970 - age.wholeMilliseconds
        guard let last = try Age.lastRow(of: .attempt, before: before, db) else { return [] }
        let keys: [String?] = try [nil] + SealedRows.keys(of: "attempt", "sealed_by", db)
        var found: [Int64] = []
        for key in keys where found.count < limit {
            found += try db.rows(
                oldAttempts, [key, last, before, group.kinds, group.isListed, limit - found.count]
            ).map { $0[0] }
        }
        return found
    }

    private static func isFinished(_ event: Int64, _ db: Database) throws -> Bool {
        try db.row(unfinished, [event]) == nil
    }

    /// Kinds as a list that SQLite reads.
    private static func json(_ words: [String]) -> String {
        (try? JSONEncoder().encode(words)).map { String(decoding: $0, as: UTF8.self) } ?? "[]"
    }

    static let bodies = """
        SELECT b.event_id FROM body b CROSS JOIN event e ON e.id = b.event_id
         WHERE b.event_id <= ? AND e.received_at_ms < ? AND (e.kind IN (SELECT value FROM json_each(?))) = ?
           AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = e.id AND d.finished_at_ms IS NULL)
         ORDER BY b.event_id LIMIT ?
        """
    static let wholeEvents = """
        SELECT e.id FROM event e
         WHERE e.id <= ? AND e.received_at_ms < ? AND (e.kind IN (SELECT value FROM json_each(?))) = ?
           AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.event_id = e.id AND d.finished_at_ms IS NULL)
         ORDER BY e.id LIMIT ?
        """
    static let oldAttempts = """
        SELECT a.id FROM attempt a CROSS JOIN delivery d ON d.id = a.delivery_id
               CROSS JOIN event e ON e.id = d.event_id
         WHERE a.sealed_by IS ? AND (a.exchanges <> '[]' OR a.sealed_by IS NOT NULL)
           AND a.id <= ? AND a.finished_at_ms < ? AND d.finished_at_ms IS NOT NULL
           AND (e.kind IN (SELECT value FROM json_each(?))) = ?
         ORDER BY a.id LIMIT ?
        """
    private static let unfinished = "SELECT 1 FROM delivery WHERE event_id = ? AND finished_at_ms IS NULL LIMIT 1"
    private static let deleteBody = "DELETE FROM body WHERE event_id = ?"
    private static let deletePatches = """
        UPDATE event SET patches = NULL, patches_sealed_by = NULL WHERE id = ? AND patches IS NOT NULL
        """
    private static let emptyAttempt = """
        UPDATE attempt SET exchanges = '[]', sealed_exchanges = NULL, sealed_by = NULL
         WHERE id = ? AND EXISTS (
            SELECT 1 FROM delivery d WHERE d.id = attempt.delivery_id AND d.finished_at_ms IS NOT NULL)
        """
    private static let deleteEvent = "DELETE FROM event WHERE id = ?"
}

/// Rows by age, without an index on time that every arrival would have to pay for: ids rise with time but for the
/// moment that a row waits for the writer, and for clocks that are set back. Whoever asks looks at the time too.
enum Age {
    enum Table: String {
        case event, attempt
        fileprivate var column: String { self == .event ? "received_at_ms" : "finished_at_ms" }
    }

    /// - Returns: An id that older rows don't exceed; `nil` if there are none.
    static func lastRow(of table: Table, before moment: Int64, _ db: Database) throws -> Int64? {
        let ends = try db.row("SELECT min(id), max(id) FROM \(table.rawValue)")
        guard var low: Int64 = ends?[0], var high: Int64 = ends?[1] else { return nil }
        let next = "SELECT id, \(table.column) FROM \(table.rawValue) WHERE id >= ? ORDER BY id LIMIT 1"
        var last: Int64?
        while low <= high {
            let middle = low + (high - low) / 2
            guard let row = try db.row(next, [middle]) else { break }
            let (id, time): (Int64, Int64) = (row[0], row[1])
            if time < moment {
                last = id
                low = id + 1
            } else {
                high = middle - 1
            }
        }
        return last
    }
}
