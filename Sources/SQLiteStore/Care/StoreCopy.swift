import Foundation
import GRDB
import Relay

/// A whole and consistent copy of a store, made while it is in use.
enum StoreCopy {
    /// Copies a snapshot into a new file that only the owner may read, and gives it its name once it is complete and
    /// on stable storage. What stood under the name before is replaced.
    /// - Throws: `CopyFault`; nothing is left behind then.
    static func make(
        of source: some DatabaseReader, at path: String, verify: (String) throws -> Void = { _ in }
    ) throws {
        let partial = path + ".partial"
        try DiskRoom.demand(try source.read(bytes), for: path)
        try FolderEntry.createEmpty(at: partial)
        do {
            try copy(source, to: partial)
            try verify(partial)
            try FolderEntry.sync(partial)
            try FolderEntry.rename(partial, to: path)
        } catch {
            for suffix in ["", "-wal", "-shm", "-journal"] { unlink(partial + suffix) }
            throw CopyFault(error)
        }
    }

    private static func copy(_ source: some DatabaseReader, to path: String) throws {
        var configuration = Configuration()
        configuration.label = "causeway.store.copy"
        let target = try DatabaseQueue(path: path, configuration: configuration)
        try source.read { from in
            // In one step, which is one look at the source: writers go on meanwhile, and nothing starts again.
            try target.writeWithoutTransaction { to in try from.backup(to: to) }
        }
        try target.writeWithoutTransaction { db in
            // A copy is one file.
            _ = try String.fetchOne(db, sql: "PRAGMA journal_mode = DELETE")
        }
        try target.close()
    }

    /// What a copy takes.
    private static func bytes(_ db: Database) throws -> Int {
        let pages = try Int.fetchOne(db, sql: "PRAGMA page_count") ?? 0
        return try pages * (Int.fetchOne(db, sql: "PRAGMA page_size") ?? 4096)
    }
}

/// Why a copy was not made.
public struct CopyFault: Error, Equatable, CustomStringConvertible {
    public let description: String

    init(_ description: String) { self.description = description }

    init(_ error: any Error) {
        description =
            switch error {
            case let fault as CopyFault: fault.description
            case let error as DatabaseError: SQLiteFault(error).fault.description
            default: String(describing: error)
            }
    }
}
