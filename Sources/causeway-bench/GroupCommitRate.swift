import GRDBSQLite

/// What this disk gives at best: rows of an event, its body and its delivery, as a store needs them, in groups that
/// are committed at `synchronous=FULL`, by the C API.
struct GroupCommitRate {
    static let groupSize = 64

    private static let schema = """
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        CREATE TABLE event (id INTEGER PRIMARY KEY, dedup_key TEXT NOT NULL UNIQUE, received_at_ms INTEGER NOT NULL,
            body_digest BLOB NOT NULL) STRICT;
        CREATE TABLE body (event_id INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;
        CREATE TABLE delivery (id INTEGER PRIMARY KEY, event_id INTEGER NOT NULL, subject TEXT NOT NULL,
            due_at_ms INTEGER NOT NULL) STRICT;
        """

    /// - Parameters:
    ///   - path: A file that does not exist yet.
    ///   - bodySize: Bytes of each body.
    /// - Returns: Events a second.
    static func measure(path: String, bodySize: Int, seconds: Double) throws -> Double {
        let file = try SQLiteFile(path: path)
        defer { file.close() }
        try file.execute(schema)
        let rows = try Rows(file, bodySize: bodySize)
        defer { rows.finalize() }
        let start = monotonicNanoseconds()
        let end = start + UInt64(seconds * 1e9)
        var count = 0
        while monotonicNanoseconds() < end {
            try file.execute("BEGIN IMMEDIATE")
            for _ in 0..<groupSize {
                count += 1
                try rows.insert(count)
            }
            try file.execute("COMMIT")
        }
        return Double(count) / (Double(monotonicNanoseconds() - start) / 1e9)
    }

    private struct Rows {
        let file: SQLiteFile
        let event, body, delivery: OpaquePointer
        let bytes: [UInt8]

        init(_ file: SQLiteFile, bodySize: Int) throws {
            self.file = file
            event = try file.prepare("INSERT INTO event VALUES (?1, ?2, 0, zeroblob(32))")
            body = try file.prepare("INSERT INTO body VALUES (?1, ?2)")
            delivery = try file.prepare("INSERT INTO delivery VALUES (?1, ?1, ?2, 0)")
            bytes = [UInt8](repeating: 0x61, count: bodySize)
        }

        func insert(_ number: Int) throws {
            let id = Int64(number)
            // As long as a real key: the order's number and a digest in hex.
            let key = "order \(number) " + String(repeating: "f", count: 64)
            sqlite3_bind_int64(event, 1, id)
            sqlite3_bind_text(event, 2, key, -1, Self.copied)
            try file.step(event)
            sqlite3_bind_int64(body, 1, id)
            _ = bytes.withUnsafeBytes { sqlite3_bind_blob(body, 2, $0.baseAddress, Int32($0.count), Self.copied) }
            try file.step(body)
            sqlite3_bind_int64(delivery, 1, id)
            sqlite3_bind_text(delivery, 2, "order \(number)", -1, Self.copied)
            try file.step(delivery)
        }

        func finalize() {
            for statement in [event, body, delivery] { sqlite3_finalize(statement) }
        }

        /// `SQLITE_TRANSIENT`, a macro that Swift does not see: SQLite copies the value before the call returns.
        private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
    }
}
