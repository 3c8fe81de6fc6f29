import GRDBSQLite

/// The database of a gateway, as another program with SQLite sees it.
final class StoreContent {
    struct Failure: Error { var message: String }

    private let handle: OpaquePointer

    init(path: String) throws {
        var handle: OpaquePointer?
        guard sqlite3_open_v2(path, &handle, SQLITE_OPEN_READWRITE, nil) == SQLITE_OK, let handle else {
            throw Failure(message: "cannot open \(path)")
        }
        self.handle = handle
    }

    deinit { sqlite3_close_v2(handle) }

    func execute(_ sql: String) throws {
        guard sqlite3_exec(handle, sql, nil, nil, nil) == SQLITE_OK else {
            throw Failure(message: String(cString: sqlite3_errmsg(handle)))
        }
    }

    /// The subjects of all events.
    func subjects() throws -> Set<String> {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(handle, "SELECT subject FROM event", -1, &statement, nil) == SQLITE_OK else {
            throw Failure(message: String(cString: sqlite3_errmsg(handle)))
        }
        defer { sqlite3_finalize(statement) }
        var subjects: Set<String> = []
        while sqlite3_step(statement) == SQLITE_ROW {
            if let text = sqlite3_column_text(statement, 0) { subjects.insert(String(cString: text)) }
        }
        return subjects
    }
}
