import GRDB

/// The settings that make a commit durable, and the proof that SQLite took them.
struct Durability: Sendable {
    /// Run on the write connection once everybody else is done setting it up.
    var statements = ["PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL"]

    /// In WAL mode only `FULL` (2) syncs the log at each commit
    /// (https://www.sqlite.org/pragma.html#pragma_synchronous).
    var expected = [("journal_mode", "wal"), ("synchronous", "2")]

    /// - Throws: `StoreOpenError.notDurable`.
    func establish(on db: Database, path: String) throws {
        for statement in statements { try db.execute(sql: statement) }
        for (setting, expected) in expected {
            let row = try Row.fetchOne(db, sql: "PRAGMA \(setting)")
            let found = row.map { String(describing: $0[0] ?? "nothing") } ?? "nothing"
            guard found == expected else {
                throw StoreOpenError.notDurable(path: path, setting: setting, found: found, expected: expected)
            }
        }
    }
}
