import Foundation
import GRDBSQLite

/// The events in a store, read by SQLite alone: nothing of the program under test.
enum StoreReader {
    static func events(in path: String) throws -> [Evidence.Stored] {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw ChaosError.sqlite("cannot open \(path)")
        }
        defer { sqlite3_close_v2(handle) }
        var integrity: [String] = []
        try rows(handle, "PRAGMA integrity_check") { integrity.append(text($0, 0)) }
        guard integrity == ["ok"] else { throw ChaosError.sqlite(integrity.joined(separator: "; ")) }
        var events: [Evidence.Stored] = []
        let sql = """
            SELECT e.id, lower(hex(e.body_digest)), e.subject, d.state, d.reason_code
              FROM event e LEFT JOIN delivery d ON d.event_id = e.id ORDER BY e.id, d.id
            """
        try rows(handle, sql) { row in
            let id = Int(sqlite3_column_int64(row, 0))
            if events.last?.id != id {
                events.append(Evidence.Stored(id: id, digest: text(row, 1), subject: text(row, 2), deliveries: []))
            }
            guard sqlite3_column_type(row, 3) != SQLITE_NULL else { return }
            let reason = text(row, 4)
            events[events.count - 1].deliveries.append(
                Evidence.Delivery(state: text(row, 3), reason: reason.isEmpty ? nil : reason))
        }
        return events
    }

    /// For the proof that a lost event is found.
    static func delete(event id: Int, in path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw ChaosError.sqlite("cannot open \(path)")
        }
        defer { sqlite3_close_v2(handle) }
        let sql = "PRAGMA foreign_keys = ON; DELETE FROM event WHERE id = \(id)"
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw ChaosError.sqlite(String(cString: sqlite3_errmsg(handle)))
        }
    }

    private static func rows(_ handle: OpaquePointer, _ sql: String, _ body: (OpaquePointer) -> Void) throws {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, sql, -1, &statement, nil) == SQLITE_OK, let statement else {
            throw ChaosError.sqlite(String(cString: sqlite3_errmsg(handle)))
        }
        defer { sqlite3_finalize(statement) }
        while true {
            switch sqlite3_step(statement) {
            case SQLITE_ROW: body(statement)
            case SQLITE_DONE: return
            default: throw ChaosError.sqlite(String(cString: sqlite3_errmsg(handle)))
            }
        }
    }

    private static func text(_ row: OpaquePointer, _ column: Int32) -> String {
        sqlite3_column_text(row, column).map { String(cString: $0) } ?? ""
    }
}
