import Foundation
import GRDB
import Relay

/// Rows of value tables, and the deliveries that wait for them.
enum Values {
    /// - Returns: How many deliveries were released.
    static func change(_ change: ValueChange, act: OperatorAct, _ db: Database) throws -> Int {
        guard !change.isEmpty else { return 0 }
        for id in change.removed { try db.run(remove, [id.table, id.scope, id.key]) }
        for row in change.written {
            try db.run(write, [row.id.table, row.id.scope, row.id.key, try json(row.columns)])
        }
        try db.run(markRunning)
        let released = try release(change, at: act.at, db)
        let going = released.isEmpty ? "" : ", \(released.count) released"
        try Acts.record(
            act, verb: "change values", target: change.target + going,
            touched: released.map { EventID($0["event_id"]) }, db)
        return released.count
    }

    static func all(_ db: Database) throws -> [ValueRow] {
        let decoder = JSONDecoder()
        return try db.rows("SELECT * FROM value_row").map { row in
            let columns = try decoder.decode([String: String].self, from: Data((row["columns"] as String).utf8))
            return ValueRow(ValueRow.ID(table: row["name"], scope: row["scope"], key: row["key"]), columns)
        }
    }

    static func awaited(limit: Int, _ db: Database) throws -> [AwaitedValue] {
        try db.rows(awaited, [limit]).map { AwaitedValue(name: $0["waits_for"], deliveries: $0["count"]) }
    }

    /// Names that are waited for are few, so they are looked at one by one; rows that come may be many.
    private static func release(_ change: ValueChange, at moment: Timestamp, _ db: Database) throws -> [Row] {
        guard !change.brought.isEmpty else { return [] }
        let names = try db.rows(waitedFor).map { $0[0] as String }.filter(change.brings)
        let released = try names.flatMap { try db.rows(free, [moment.millisecondsSince1970, $0]) }
        for subject in Set(released.map { $0["subject"] as String }) { try SubjectHeads.elect(subject, db) }
        return released
    }

    /// What becomes of a delivery that would park, but was at work while a value table was changed: it may have looked
    /// before the row was there.
    static func changedMeanwhile(_ reason: Reason) -> Reason {
        Reason(
            code: "values-changed",
            message: "A value table was changed meanwhile, so it is tried again. Before: \(reason.message)")
    }

    private static func json(_ columns: [String: String]) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(columns), as: UTF8.self)
    }

    private static let remove = "DELETE FROM value_row WHERE name = ? AND scope = ? AND key = ?"
    private static let write = """
        INSERT INTO value_row (name, scope, key, columns) VALUES (?, ?, ?, ?)
            ON CONFLICT (name, scope, key) DO UPDATE SET columns = excluded.columns
        """
    static let markRunning = "UPDATE delivery SET values_changed = 1 WHERE state = 'running'"
    static let waitedFor = "SELECT DISTINCT waits_for FROM delivery WHERE waits_for IS NOT NULL"
    static let awaited = """
        SELECT waits_for, count(*) AS count FROM delivery WHERE waits_for IS NOT NULL
         GROUP BY waits_for ORDER BY waits_for LIMIT ?
        """
    /// A parked delivery keeps its body.
    static let free = """
        UPDATE delivery SET state = 'ready', failures = 0, due_at_ms = ?, waits_for = NULL,
               reason_code = NULL, reason_message = NULL, reason_advice = NULL
         WHERE waits_for = ?
        RETURNING event_id, subject
        """
}
