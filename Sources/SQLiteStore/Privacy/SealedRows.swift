import Foundation
import GRDB
import Relay

/// Which keys the rows of a store need.
enum SealedRows {
    /// What is sealed, each with an index on the name of its key.
    static let places = [
        ("body", "sealed_by"), ("attempt", "sealed_by"), ("event", "patches_sealed_by"), ("link", "sealed_by"),
        ("data_job_package", "sealed_by"),
    ]
    private static let mark = "search key mark"

    /// Refuses a store that the vault cannot read, and notes which secret its search keys are hashed with.
    /// - Throws: `StoreOpenError`.
    static func check(_ writer: DatabaseQueue, _ vault: any PayloadVault, path: String) throws {
        try writer.write { db in
            let missing = try keys(db).subtracting(vault.keys)
            guard missing.isEmpty else { throw StoreOpenError.missingKeys(path: path, keys: missing.sorted()) }
            let known = try Data.fetchOne(db, sql: "SELECT value FROM trait WHERE name = ?", arguments: [mark])
            let current = vault.tokenMark.map { Data($0) }
            guard known == nil || known == current else { throw StoreOpenError.otherSearchKey(path: path) }
            if known == nil, let current {
                try db.execute(sql: "INSERT INTO trait VALUES (?, ?)", arguments: [mark, current])
            }
        }
    }

    /// The names of all keys that something is sealed with: a few index steps for each, however many rows.
    static func keys(_ db: Database) throws -> Set<String> {
        var keys: Set<String> = []
        for (table, column) in places { keys.formUnion(try self.keys(of: table, column, db)) }
        return keys
    }

    /// In their alphabetic order.
    static func keys(of table: String, _ column: String, _ db: Database) throws -> [String] {
        var keys: [String] = []
        while let key: String = try db.row(next(table, column), [keys.last ?? ""])?[0] { keys.append(key) }
        return keys
    }

    /// Rows by key, along the indexes on it; links count once they name a person.
    static let count = """
        SELECT sealed_by, count(*) FROM body GROUP BY sealed_by
        UNION ALL SELECT patches_sealed_by, count(*) FROM event WHERE patches IS NOT NULL GROUP BY patches_sealed_by
        UNION ALL SELECT sealed_by, count(*) FROM attempt
                   WHERE exchanges <> '[]' OR sealed_by IS NOT NULL GROUP BY sealed_by
        UNION ALL SELECT sealed_by, count(*) FROM data_job_package GROUP BY sealed_by
        UNION ALL SELECT sealed_by, count(*) FROM link WHERE kind = 'customer' GROUP BY sealed_by
        """
    static let plainSearchKeys = "SELECT count(*) FROM search_key WHERE is_hashed = 0"

    private static func next(_ table: String, _ column: String) -> String {
        // Every index that is partial needs its condition repeated.
        let condition = table == "event" ? " AND patches IS NOT NULL" : ""
        return "SELECT min(\(column)) FROM \(table) WHERE \(column) > ?\(condition)"
    }
}
