import Foundation
import GRDB
public import Relay

/// Puts a backup in the place of a store that no process works with.
public enum StoreRestore {
    public struct Result: Sendable, Equatable {
        public var report: BackupReport
        /// Where the store that was there before stands now, with its log beside it; `nil` if there was none.
        public var replaced: String?
    }

    /// - Parameters:
    ///   - backup: Verified before anything is changed; stays where it is.
    ///   - suffix: Ends the name that the replaced store gets.
    /// - Throws: `StoreOpenError.inUse`, or `CopyFault`; the store is as it was then.
    public static func run(from backup: String, to store: String, suffix: String) async throws -> Result {
        let store = StoreFile.resolved(store)
        guard StoreFile.resolved(backup) != store else { throw CopyFault("\(backup) is the store itself") }
        let lock = try StoreLock(forStoreAt: store)
        defer { lock.release() }
        let copy = store + ".restored"
        return try await blocking {
            do {
                _ = try StoreBackup.verify(backup)
                let source = try DatabaseQueue(path: backup, configuration: StoreBackup.readOnly())
                defer { try? source.close() }
                var report: BackupReport?
                try StoreCopy.make(of: source, at: copy) { report = try StoreBackup.verify($0) }
                guard let report else { throw CopyFault("\(backup) was not verified") }
                return Result(report: report, replaced: try put(copy, at: store, suffix))
            } catch {
                unlink(copy)
                throw CopyFault(error)
            }
        }
    }

    /// There is a store under the name at every moment: a start in between would make an empty one. And the old log
    /// goes before the new file comes, since it fits the old file only.
    private static func put(_ copy: String, at store: String, _ suffix: String) throws(CopyFault) -> String? {
        let replaced = "\(store).replaced-\(suffix)"
        let isThere = access(store, F_OK) == 0
        if isThere { try FolderEntry.link(store, as: replaced) }
        for part in ["-wal", "-shm"] where access(store + part, F_OK) == 0 {
            try FolderEntry.rename(store + part, to: replaced + part)
        }
        try FolderEntry.rename(copy, to: store)
        return isThere ? replaced : nil
    }
}
