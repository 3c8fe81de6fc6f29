import GRDB
import Relay

extension SQLiteStore {
    /// Folds the whole log back and cuts its file to nothing, so that nothing stands in it that was purged or erased.
    /// While a reader still needs the log it stays; the next checkpoints fold it back.
    /// - Returns: Whether it is cut.
    @discardableResult
    public func truncateLog() async throws -> Bool { try await committer.truncateLog() }
}

extension GroupCommitter {
    /// How long the writer waits for readers; nobody can write meanwhile.
    static let truncationPatience = 250

    func truncateLog() async throws -> Bool {
        try await withCheckedThrowingContinuation { continuation in
            writer.asyncWriteWithoutTransaction { db in
                continuation.resume(with: Result { try self.truncateLog(db) })
            }
        }
    }

    private func truncateLog(_ db: Database) throws -> Bool {
        if let shut { throw StoreFault.closed(shut) }
        do {
            try db.execute(sql: "PRAGMA busy_timeout = \(Self.truncationPatience)")
            defer { try? db.execute(sql: "PRAGMA busy_timeout = \(Connections.patience * 1000)") }
            let isCut = try Row.fetchOne(db, sql: "PRAGMA wal_checkpoint(TRUNCATE)")?[0] == 0
            if isCut { log.forget() }
            return isCut
        } catch {
            let fault = SQLiteFault(error)
            if case .fatal(let detail) = fault { stop(detail) }
            throw fault.fault
        }
    }
}
