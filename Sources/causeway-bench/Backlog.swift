import Glibc

/// Fills a store with undelivered events, faster than they could be posted: copies of one that was.
///
/// Whatever columns the tables have are copied; what must differ is written anew. The gateway must not run.
enum Backlog {
    /// - Parameters:
    ///   - path: A store with exactly one event, an order of one delivery whose body is not sealed.
    ///   - count: Events that it has afterwards.
    static func fill(storeAt path: String, count: Int) throws {
        let file = try SQLiteFile(path: path)
        let number = "printf('%012d', 900000000000 + n.i)"
        let subject = "'order ' || " + number
        // The order that a body holds must be its event's subject, or its delivery is parked without a call.
        let pattern = "(SELECT substr(subject, length('order ') + 1) FROM event WHERE id = pattern.event_id)"
        let body = "CAST(replace(CAST(pattern.bytes AS TEXT), \(pattern), \(number)) AS BLOB)"
        do {
            defer { file.close() }
            // Nothing is lost if this is interrupted: the store is thrown away. So it is written once, unguarded.
            try file.execute(
                "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF; PRAGMA cache_size = -200000; BEGIN")
            try copy(
                "event", count, file,
                ["id": "n.i", "subject": subject, "dedup_key": subject + " || ' ' || lower(hex(randomblob(32)))"])
            try copy("body", count, file, ["event_id": "n.i", "bytes": body])
            try copy("delivery", count, file, ["id": "n.i", "event_id": "n.i", "subject": subject])
            try file.execute("COMMIT; PRAGMA journal_mode = WAL")
        }
        try flush(path)
    }

    /// What is still on its way to the disk would slow down the commits that are measured next.
    private static func flush(_ path: String) throws {
        let descriptor = open(path, O_RDONLY)
        defer { close(descriptor) }
        guard descriptor >= 0, fsync(descriptor) == 0 else { throw BenchError.last("fsync of \(path)") }
    }

    private static func copy(
        _ table: String, _ count: Int, _ file: SQLiteFile, _ changes: [String: String]
    ) throws {
        let columns = try file.texts("SELECT name FROM pragma_table_info('\(table)')")
        let values = columns.map { changes[$0] ?? "pattern.\($0)" }
        try file.execute(
            """
            WITH RECURSIVE n (i) AS (VALUES (2) UNION ALL SELECT i + 1 FROM n WHERE i < \(count))
            INSERT INTO \(table) (\(columns.joined(separator: ", ")))
            SELECT \(values.joined(separator: ", ")) FROM n, (SELECT * FROM \(table) LIMIT 1) AS pattern
            """)
    }
}
