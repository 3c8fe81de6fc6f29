import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

@Test("Orders that the first version carried are found by the numbers that they got")
func earlierLinks() async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        try StoreFile.prepare(at: path)
        let database = try DatabaseQueue(path: path)
        try await database.writeWithoutTransaction { _ = try String.fetchOne($0, sql: "PRAGMA journal_mode = WAL") }
        try Schema.migrator.migrate(database, upTo: Schema.migrator.migrations[0])
        try await database.write { db in
            try db.execute(
                sql: """
                    INSERT INTO event (source, kind, subject, dedup_key, received_at_ms, body_bytes, body_digest)
                        VALUES ('commerce', 'order', 'order 000000042', 'a', 0, 2, zeroblob(32));
                    INSERT INTO body (event_id, bytes) VALUES (1, CAST('{}' AS BLOB));
                    INSERT INTO delivery (event_id, flow, lane, subject, due_at_ms, is_head)
                        VALUES (1, 'OrderToSalesOrder', 'dynamics/OrderToSalesOrder', 'order 000000042', 0, 1);
                    INSERT INTO link VALUES
                        ('order', 'usmf', '000000042', 'SO-1', 1, 0), ('carried order', 'usmf', 'x', 'SO-2', 1, 0);
                    """)
        }
        try database.close()

        let store = try SQLiteStore.open(path: path, logger: silent)
        for key in [SearchKey(.order, "SO-1"), SearchKey(.order, "SO-1", in: "usmf"), SearchKey(.order, "000000042")]
        {
            #expect(try await store.trace(key, limit: 10).map(\.event.id) == [EventID(1)], "\(key)")
        }
        #expect(try await store.trace(SearchKey(.order, "SO-2"), limit: 10).isEmpty)
        await store.close()
    }
}
