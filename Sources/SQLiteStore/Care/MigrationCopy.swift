import Foundation
import GRDB
import Logging

/// The store as it was before its tables were changed, kept beside it, so that an upgrade can be taken back.
enum MigrationCopy {
    /// Does nothing for a new store, and for one that is up to date.
    /// - Throws: `StoreOpenError`, before anything was changed.
    static func keep(of writer: DatabaseQueue, path: String, before migrator: DatabaseMigrator, _ logger: Logger)
        throws
    {
        let applied = try writer.read(migrator.appliedIdentifiers)
        guard !applied.isEmpty, let next = migrator.migrations.first(where: { !applied.contains($0) }) else { return }
        let copy = "\(path).before-migration-\(next.prefix { $0 != ":" })"
        do {
            try StoreCopy.make(of: writer, at: copy)
        } catch {
            throw StoreOpenError.notCopied(path: path, copy: copy, detail: "\(error)")
        }
        logger.notice(
            "the store's tables are brought up to date; the store as it was is kept",
            metadata: ["copy": "\(copy)", "migration": "\(next)"])
    }
}
