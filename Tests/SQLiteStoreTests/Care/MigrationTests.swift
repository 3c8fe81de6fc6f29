import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

/// What the earlier versions left behind, made with the migrations that they shipped.
private func earlierStore(upTo migration: Int, in folder: URL) throws -> String {
    let path = folder.appendingPathComponent("causeway.db").path
    try StoreFile.prepare(at: path)
    let database = try DatabaseQueue(path: path)
    try database.writeWithoutTransaction { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
    try Schema.migrator.migrate(database, upTo: Schema.migrator.migrations[migration - 1])
    try database.write { db in
        try db.execute(
            sql: """
                INSERT INTO event (source, kind, subject, dedup_key, received_at_ms, body_bytes, body_digest)
                    VALUES ('commerce', 'order', 'order 000000042', 'a', 1700000000000, 9, zeroblob(32));
                INSERT INTO body (event_id, bytes) VALUES (1, CAST('{"id":42}' AS BLOB));
                INSERT INTO delivery (event_id, flow, lane, subject, due_at_ms, is_head)
                    VALUES (1, 'OrderToSalesOrder', 'dynamics/orders', 'order 000000042', 1700000000000, 1);
                INSERT INTO attempt (delivery_id, attempt, owner, state, started_at_ms, finished_at_ms, exchanges)
                    VALUES (1, 1, 'them', 'ready', 1700000000000, 1700000000001, '[]');
                INSERT INTO link (kind, scope, key, value, delivery_id, written_at_ms)
                    VALUES ('customer', 'usmf', 'a@example.com', 'US-1', 1, 1700000000000);
                UPDATE delivery SET attempt = 1;
                """)
        if migration > 1 {
            try db.execute(
                sql:
                    "INSERT INTO search_key (kind, token, event_id) VALUES ('email', CAST('a@example.com' AS BLOB), 1)"
            )
        }
    }
    try database.close()
    return path
}

@Test(
    "A store of an earlier version is taken over whole, and a copy of it as it was is kept", arguments: 1...7)
func takenOver(_ version: Int) async throws {
    try await withFolder { folder in
        let path = try earlierStore(upTo: version, in: folder)
        let store = try SQLiteStore.open(path: path, logger: silent)
        let claim = try await store.claimOne()
        #expect(claim.event.body == Array(#"{"id":42}"#.utf8) && claim.lease.attempt == 2)
        #expect(try await store.value(of: LinkKey(kind: "customer", scope: "usmf", key: "a@example.com")) == "US-1")
        try await store.checkInvariants()
        await store.close()

        let copy = "\(path).before-migration-\(version + 1)"
        let applied = try await DatabaseQueue(path: copy).read(Schema.migrator.appliedIdentifiers)
        #expect(applied.count == version)
        #expect(try FileManager.default.attributesOfItem(atPath: copy)[.posixPermissions] as? Int == 0o600)
        // Another start changes nothing, and keeps no other copy.
        await (try SQLiteStore.open(path: path, logger: silent)).close()
        let copies = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("before") }
        #expect(copies.count == 1)
    }
}

@Test("A new store has no copy")
func newStore() async throws {
    try await withFolder { folder in
        await (try SQLiteStore.open(path: folder.path + "/causeway.db", logger: silent)).close()
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.contains("before") } == [])
    }
}

@Test("Without a copy no table is changed")
func noCopy() async throws {
    try await withFolder { folder in
        let path = try earlierStore(upTo: 2, in: folder)
        // Nothing can be renamed to a folder that is not empty.
        let place = path + ".before-migration-3"
        try FileManager.default.createDirectory(atPath: place + "/x", withIntermediateDirectories: true)
        let error = #expect(throws: StoreOpenError.self) { try SQLiteStore.open(path: path, logger: silent) }
        guard case .notCopied(path, place, _) = error else {
            Issue.record("expected .notCopied, found \(String(describing: error))")
            return
        }
        let applied = try await DatabaseQueue(path: path).read(Schema.migrator.appliedIdentifiers)
        #expect(applied.count == 2)
    }
}

@Test("A store in clear text is brought under a key when encryption is turned on")
func turnedOn() async throws {
    try await withFolder { folder in
        let path = try earlierStore(upTo: 2, in: folder)
        let store = try SQLiteStore.open(path: path, vault: XORVault("2026-11"), logger: silent)
        // One body, one link, one search key; attempts without exchanges have nothing to seal.
        #expect(try await store.resealAll(limit: 10) == 3)
        #expect(try await store.files(hold: "a@example.com") == [])
        #expect(try await store.value(of: LinkKey(kind: "customer", scope: "usmf", key: "a@example.com")) == "US-1")
        await store.close()
    }
}
