import Foundation
import GRDB
public import Relay

extension SQLiteStore: StoreCare {
    public func figures() async throws -> StoreFigures {
        let (path, pageBytes) = (path, 4096)
        let free = try await read { try Int.fetchOne($0, sql: "PRAGMA freelist_count") ?? 0 }
        return StoreFigures(
            bytes: FolderEntry.bytes(of: path), freeBytes: free * pageBytes,
            logBytes: FolderEntry.bytes(of: path + "-wal"),
            diskFreeBytes: DiskRoom.free(at: FolderEntry.folder(of: path)))
    }

    public func backUp(to path: String) async throws -> BackupReport {
        try await StoreBackup.make(of: self.path, at: path)
    }
}
