import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

@Test("A store at work has no findings, and is not disturbed")
func nothingWrong() async throws {
    try await withStore { store in
        for number in 0..<20 { _ = try await store.append(.sample("order \(number % 4)", key: "\(number)")) }
        let claims = try await store.claim(limit: 3)
        try await store.finish(claims[0], .parked(unknownItem))
        #expect(try await StoreCheck.run(on: store.path).isEmpty)
        try await store.finish(claims[1], .done(summary: nil))
    }
}

@Test(
    "What breaks a promise is found and named",
    arguments: [
        ("UPDATE delivery SET is_head = 0 WHERE is_head = 1 AND subject = 'order 1'", "exactly one head: order 1"),
        ("UPDATE lane_count SET count = count + 1", "counted 21, found 20"),
        ("DELETE FROM body WHERE event_id = 3", "no body: event 3"),
        ("INSERT INTO stream VALUES ('s', 5); INSERT INTO stream_gap VALUES ('s', 4, 9, 0)", "beyond its end: s"),
        (
            "INSERT INTO stream VALUES ('s', 50); INSERT INTO stream_gap VALUES ('s', 4, 9, 0), ('s', 8, 12, 0)",
            "overlap: s"
        ),
        ("PRAGMA foreign_keys = OFF; DELETE FROM event WHERE id = 2", "belongs to a row of event"),
    ])
func finding(_ sql: String, _ words: String) async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        let store = try SQLiteStore.open(path: path, logger: silent)
        for number in 0..<20 { _ = try await store.append(.sample("order \(number % 4)", key: "\(number)")) }
        await store.close()
        var configuration = Configuration()
        configuration.foreignKeysEnabled = false
        let database = try DatabaseQueue(path: path, configuration: configuration)
        try await database.write { try $0.execute(sql: sql) }
        try database.close()
        let findings = try await StoreCheck.run(on: path)
        #expect(findings.contains { $0.contains(words) }, "\(findings)")
    }
}

@Test("What is no store is refused")
func noStore() async throws {
    try await withFolder { folder in
        let file = folder.appendingPathComponent("causeway.db")
        await #expect(throws: CopyFault.self) { try await StoreCheck.run(on: file.path) }
        try Data(repeating: 0x41, count: 5000).write(to: file)
        await #expect(throws: CopyFault.self) { try await StoreCheck.run(on: file.path) }
    }
}
