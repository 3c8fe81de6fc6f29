import Foundation
import GRDB
import Logging
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

let silent = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

/// Gives `body` an empty folder, and takes it away afterwards.
func withFolder<Result>(_ body: (URL) async throws -> Result) async throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("store-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try await body(folder)
}

/// Gives `body` an empty store, closes it, and checks what must be true of the tables whatever happened.
func withStore(
    _ options: StoreOptions = StoreOptions(), vault: any PayloadVault = PlainVault(),
    _ body: (SQLiteStore) async throws -> Void
) async throws {
    try await withFolder { folder in
        let store = try SQLiteStore.open(
            path: folder.appendingPathComponent("causeway.db").path, options: options, vault: vault, logger: silent)
        do {
            try await body(store)
            try await store.checkInvariants()
        } catch {
            await store.close()
            throw error
        }
        await store.close()
    }
}

extension SQLiteStore {
    /// Rows that break an invariant which no single constraint can express.
    func checkInvariants(sourceLocation: SourceLocation = #_sourceLocation) async throws {
        let broken = try await read { db in
            try [
                // Deliveries in the queue, and not exactly one head.
                """
                SELECT subject FROM delivery
                 WHERE finished_at_ms IS NULL AND (lets_pass = 0 OR state <> 'parked')
                 GROUP BY subject HAVING sum(is_head) <> 1
                """,
                // A head that is not in the queue.
                "SELECT 1 FROM delivery WHERE is_head = 1 AND state = 'parked' AND lets_pass = 1",
                // A head that is neither at work nor the first.
                """
                SELECT subject FROM delivery h WHERE is_head = 1 AND state <> 'running' AND EXISTS (
                    SELECT 1 FROM delivery d
                     WHERE d.subject = h.subject AND coalesce(d.place, d.id) < coalesce(h.place, h.id)
                       AND d.finished_at_ms IS NULL AND (d.lets_pass = 0 OR d.state <> 'parked'))
                """,
                // A live delivery behind a bulk one.
                """
                SELECT subject FROM delivery h WHERE is_head = 1 AND is_bulk = 1 AND state <> 'running' AND EXISTS (
                    SELECT 1 FROM delivery d WHERE d.subject = h.subject AND d.is_bulk = 0 AND d.is_head = 0
                       AND d.finished_at_ms IS NULL AND (d.lets_pass = 0 OR d.state <> 'parked'))
                """,
                // Counts that do not count.
                """
                SELECT lane FROM (SELECT lane, state, count(*) AS count FROM delivery GROUP BY lane, state
                    EXCEPT SELECT lane, state, count FROM lane_count)
                """,
                """
                SELECT lane FROM (SELECT lane, state, count FROM lane_count WHERE count > 0
                    EXCEPT SELECT lane, state, count(*) FROM delivery GROUP BY lane, state)
                """,
                "SELECT 1 FROM pragma_foreign_key_check",
                "SELECT * FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
            ].filter { try Row.fetchOne(db, sql: $0) != nil }
        }
        #expect(broken.isEmpty, sourceLocation: sourceLocation)
    }
}
