import Foundation
import GRDB
import GRDBSQLite
public import Logging
public import Relay

/// Relay's store on one SQLite file, for one process.
///
/// - Writes are grouped: many callers share one transaction and one sync, and none returns before its COMMIT has.
/// - Reads see a snapshot through read-only connections, and never wait for the writer.
/// - Every method throws `StoreFault`; after `.closed` the store takes nothing more, and the process should end.
public final class SQLiteStore: Sendable {
    let path: String
    let committer: GroupCommitter
    let vault: any PayloadVault
    private let connections: Connections
    private let lock: StoreLock
    let logger: Logger

    /// Opens the store, or creates it; brings its tables up to date, and takes its lock for the life of the object.
    /// - Parameters:
    ///   - path: The database file, in an existing folder on a local disk. `<path>-wal`, `<path>-shm` and
    ///   `<path>.lock` stand beside it.
    ///   - vault: Keeps people's data sealed; must know every key that a part of the store is sealed with.
    /// - Throws: `StoreOpenError`.
    public static func open(
        path: String, options: StoreOptions = StoreOptions(), vault: any PayloadVault = PlainVault(), logger: Logger
    ) throws -> SQLiteStore {
        try open(
            path: path, options: options, vault: vault, logger: logger, durability: Durability(),
            migrator: Schema.migrator)
    }

    static func open(
        path: String, options: StoreOptions, vault: any PayloadVault = PlainVault(), logger: Logger,
        durability: Durability, migrator: DatabaseMigrator
    ) throws -> SQLiteStore {
        let path = StoreFile.resolved(path)
        let lock = try StoreLock(forStoreAt: path)
        try StoreFile.prepare(at: path)
        do {
            let connections = try Connections(
                path: path, options: options, durability: durability, migrator: migrator, logger: logger)
            try SealedRows.check(connections.writer, vault, path: path)
            let committer = GroupCommitter(writer: connections.writer, options: options, logger: logger)
            logger.debug(
                "store opened", metadata: ["path": "\(path)", "sqlite": "\(String(cString: sqlite3_libversion()))"])
            return SQLiteStore(
                path: path, committer: committer, vault: vault, connections: connections, lock: lock, logger: logger)
        } catch let error as StoreOpenError {
            throw error
        } catch {
            throw StoreOpenError.unusable(path: path, detail: "\(SQLiteFault(error).fault)")
        }
    }

    private init(
        path: String, committer: GroupCommitter, vault: any PayloadVault, connections: Connections, lock: StoreLock,
        logger: Logger
    ) {
        self.path = path
        self.committer = committer
        self.vault = vault
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
