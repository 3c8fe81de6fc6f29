import Foundation
import GRDB
import Logging

/// One connection that writes, and a few that read. SQLite before 3.51.3 can corrupt a database in WAL mode when two
/// connections write or checkpoint at the same instant (https://www.sqlite.org/wal.html, "The WAL-Reset Bug"), so
/// the readers are opened read-only: they cannot.
struct Connections: Sendable {
    let writer: DatabaseQueue
    let readers: DatabasePool

    /// Seconds that a connection waits for a lock.
    static let patience = 5

    /// - Throws: `StoreOpenError` or SQLite's error.
    init(path: String, options: StoreOptions, durability: Durability, migrator: DatabaseMigrator, logger: Logger)
        throws
    {
        writer = try DatabaseQueue(path: path, configuration: Connections.forWriting(options))
        try writer.read { db in
            let unknown = try migrator.appliedIdentifiers(db).subtracting(migrator.migrations)
            guard unknown.isEmpty else {
                throw StoreOpenError.newerSchema(path: path, unknown: unknown.sorted())
            }
        }
        try writer.writeWithoutTransaction { try durability.establish(on: $0, path: path) }
        try MigrationCopy.keep(of: writer, path: path, before: migrator, logger)
        try migrator.migrate(writer)
        readers = try DatabasePool(path: path, configuration: Connections.forReading(options))
    }

    /// The writer goes last, since the last connection checkpoints the log.
    func close() throws {
        try readers.close()
        try writer.close()
    }

    private static func forWriting(_ options: StoreOptions) -> Configuration {
        var configuration = Configuration()
        configuration.label = "causeway.store.writer"
        // The lock file keeps other processes out; this is for an operator's shell or a backup.
        configuration.busyMode = .timeout(TimeInterval(patience))
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA wal_autocheckpoint = 0")
            try db.execute(sql: "PRAGMA cache_size = -32000")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
            // What is purged or erased must not stand in the file any longer.
            try db.execute(sql: "PRAGMA secure_delete = ON")
            if let pages = options.maxPages { try db.execute(sql: "PRAGMA max_page_count = \(pages)") }
        }
        return configuration
    }

    private static func forReading(_ options: StoreOptions) -> Configuration {
        var configuration = Configuration()
        configuration.label = "causeway.store.reader"
        configuration.readonly = true
        configuration.maximumReaderCount = options.readers
        configuration.busyMode = .timeout(TimeInterval(patience))
        configuration.prepareDatabase { db in
            try db.execute(sql: "PRAGMA cache_size = -4000")
            try db.execute(sql: "PRAGMA temp_store = MEMORY")
        }
        return configuration
    }
}
