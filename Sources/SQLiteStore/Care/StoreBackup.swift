import Foundation
import GRDB
public import Relay

/// A verified copy of a store, whether a server works with the store or not: only a read-only connection is used.
public enum StoreBackup {
    /// - Parameters:
    ///   - store: The database file.
    ///   - path: The copy; replaced if it exists.
    /// - Throws: `CopyFault`.
    public static func make(of store: String, at path: String) async throws -> BackupReport {
        guard StoreFile.resolved(store) != StoreFile.resolved(path) else {
            throw CopyFault("\(path) is the store itself")
        }
        return try await blocking {
            do {
                let source = try DatabaseQueue(path: store, configuration: readOnly())
                defer { try? source.close() }
                var report: BackupReport?
                try StoreCopy.make(of: source, at: path) { report = try verify($0) }
                guard let report else { throw CopyFault("\(path) was not verified") }
                return report
            } catch {
                throw CopyFault(error)
            }
        }
    }

    /// Like `make`, for a store that no process works with.
    /// - Throws: `StoreOpenError.inUse`, or `CopyFault`.
    public static func makeAlone(of store: String, at path: String) async throws -> BackupReport {
        let lock = try StoreLock(forStoreAt: StoreFile.resolved(store))
        defer { lock.release() }
        return try await make(of: store, at: path)
    }

    /// Opens a file as a store that can be restored, and reads all of it.
    /// - Throws: `CopyFault` that says what is wrong with it.
    public static func verify(_ path: String) throws -> BackupReport {
        do {
            guard try StoreFile.isStore(at: path) else { throw CopyFault("\(path) is no Causeway store") }
            let copy = try DatabaseQueue(path: path, configuration: readOnly())
            defer { try? copy.close() }
            return try copy.read { db in
                let unknown = try Schema.migrator.appliedIdentifiers(db).subtracting(Schema.migrator.migrations)
                guard unknown.isEmpty else {
                    throw CopyFault(
                        "\(path) was written by a newer version (it has \(unknown.sorted().joined(separator: ", ")))")
                }
                let damage = try StoreFindings.damage(db)
                guard damage.isEmpty else { throw CopyFault("\(path) is damaged: \(damage.joined(separator: "; "))") }
                return try report(db, bytes: FolderEntry.bytes(of: path))
            }
        } catch let error as StoreOpenError {
            throw CopyFault(error.description)
        } catch {
            throw CopyFault(error)
        }
    }

    private static func report(_ db: Database, bytes: Int) throws -> BackupReport {
        BackupReport(
            bytes: bytes, events: try Int.fetchOne(db, sql: "SELECT count(*) FROM event") ?? 0,
            newestEvent: try Int64.fetchOne(db, sql: "SELECT max(id) FROM event").map { EventID($0) },
            unfinished: try Int.fetchOne(
                db, sql: "SELECT count(*) FROM delivery WHERE finished_at_ms IS NULL") ?? 0,
            keys: try SealedRows.keys(db).sorted())
    }

    static func readOnly() -> Configuration {
        var configuration = Configuration()
        configuration.readonly = true
        configuration.label = "causeway.store.look"
        configuration.busyMode = .timeout(TimeInterval(Connections.patience))
        return configuration
    }
}

/// Runs what blocks for long on a thread of its own, away from those who answer requests.
func blocking<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    try await withCheckedThrowingContinuation { continuation in
        DispatchQueue.global(qos: .utility).async { continuation.resume(with: Result(catching: body)) }
    }
}
