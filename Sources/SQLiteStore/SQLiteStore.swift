import Foundation
import GRDB
import GRDBSQLite
public import Logging
import Relay

/// Relay's store on one SQLite file, for one process.
///
/// - Writes are grouped: many callers share one transaction and one sync, and none returns before its COMMIT has.
/// - Reads see a snapshot through read-only connections, and never wait for the writer.
/// - Every method throws `StoreFault`; after `.closed` the store takes nothing more, and the process should end.
public final class SQLiteStore: Sendable {
    let path: String
    let committer: GroupCommitter
    private let connections: Connections
    private let lock: StoreLock
    private let logger: Logger

    /// Opens the store, or creates it; brings its tables up to date, and takes its lock for the life of the object.
    /// - Parameter path: The database file, in an existing folder on a local disk. `<path>-wal`, `<path>-shm` and
    ///   `<path>.lock` stand beside it.
    /// - Throws: `StoreOpenError`.
    public static func open(
        path: String, options: StoreOptions = StoreOptions(), logger: Logger
    ) throws -> SQLiteStore {
        try open(path: path, options: options, logger: logger, durability: Durability(), migrator: Schema.migrator)
    }

    static func open(
        path: String, options: StoreOptions, logger: Logger, durability: Durability, migrator: DatabaseMigrator
    ) throws -> SQLiteStore {
        // One file, one lock, whichever way it is spelled.
        let path = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
        let lock = try StoreLock(forStoreAt: path)
        try StoreFile.prepare(at: path)
        do {
            let connections = try Connections(
                path: path, options: options, durability: durability, migrator: migrator)
            let committer = GroupCommitter(writer: connections.writer, options: options, logger: logger)
            logger.debug(
                "store opened", metadata: ["path": "\(path)", "sqlite": "\(String(cString: sqlite3_libversion()))"])
            return SQLiteStore(path: path, committer: committer, connections: connections, lock: lock, logger: logger)
        } catch let error as StoreOpenError {
            throw error
        } catch {
            throw StoreOpenError.unusable(path: path, detail: "\(SQLiteFault(error).fault)")
        }
    }

    private init(
        path: String, committer: GroupCommitter, connections: Connections, lock: StoreLock, logger: Logger
    ) {
        self.path = path
        self.committer = committer
        self.connections = connections
        self.lock = lock
        self.logger = logger
    }

    /// Commits what was handed over, then closes the file. Everything after that throws `StoreFault.closed`.
    public func close() async {
        await committer.close()
        do { try connections.close() } catch { logger.warning("not closed cleanly", metadata: ["error": "\(error)"]) }
        lock.release()
    }

    /// A short look at one snapshot.
    func read<Value: Sendable>(_ body: @escaping @Sendable (Database) throws -> Value) async throws -> Value {
        do {
            return try await connections.readers.read(body)
        } catch {
            if let reason = committer.shut { throw StoreFault.closed(reason) }
            throw StoreFault.failed(SQLiteFault(error).fault.description)
        }
    }
}
