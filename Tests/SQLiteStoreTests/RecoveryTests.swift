import Foundation
import GRDB
import Relay
import StoreConformance
import Synchronization
import Testing

@testable import SQLiteStore

@Test("After an unclean end everything acknowledged is there", arguments: [false, true])
func uncleanEnd(withCheckpoints: Bool) async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        let copy = folder.appendingPathComponent("copy.db").path
        // A checkpoint between the two copies would be a torn copy, not a crash.
        let options = StoreOptions(quietCheckpointPages: .max, busyCheckpointPages: withCheckpoints ? 20 : .max)
        let store = try SQLiteStore.open(path: path, options: options, logger: silent)
        let acknowledged = Acknowledged()
        @Sendable func append(_ numbers: Range<Int>) async throws {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in numbers {
                    group.addTask {
                        let receipt = try await store.append(.sample("order \(number % 50)", key: "\(number)"))
                        acknowledged.add("\(number)", receipt.event)
                    }
                }
                try await group.waitForAll()
            }
        }
        try await append(0..<300)
        let running = try await store.claim(limit: 5)
        if !withCheckpoints { Task { try await append(300..<900) } }
        let known = acknowledged.events
        for suffix in ["", "-wal"] {
            try FileManager.default.copyItem(atPath: path + suffix, toPath: copy + suffix)
        }

        let recovered = try SQLiteStore.open(path: copy, logger: silent)
        for (key, event) in known {
            let again = try await recovered.append(.sample(key: key))
            #expect(again == Receipt(event: event, isDuplicate: true))
        }
        #expect(try await recovered.rescue(now: at(11), owner: "next", otherOwners: true) == running.count)
        #expect(try await recovered.claim(limit: 1000, owner: "next", at: 11).count == 50)
        try await recovered.checkInvariants()
        await recovered.close()
        await store.close()
    }
}

private final class Acknowledged: Sendable {
    private let state = Mutex<[String: EventID]>([:])
    func add(_ key: String, _ event: EventID) { state.withLock { $0[key] = event } }
    var events: [String: EventID] { state.withLock { $0 } }
}

@Test("A full disk refuses what does not fit, keeps what was acknowledged, and is forgotten when there is room again")
func fullDisk() async throws {
    try await withStore(StoreOptions(maxPages: 120)) { store in
        var acknowledged: [String] = []
        var refusals = 0
        for number in 0..<400 where refusals < 3 {
            do {
                _ = try await store.append(
                    .sample("order \(number)", key: "\(number)", body: [UInt8](repeating: 1, count: 4000)))
                acknowledged.append("\(number)")
            } catch StoreFault.full {
                refusals += 1
            }
        }
        #expect(refusals == 3 && !acknowledged.isEmpty)
        #expect(try await store.events(matching: EventFilter(limit: 500)).count == acknowledged.count)

        try await store.committer.perform(.bookkeeping) { try $0.execute(sql: "PRAGMA max_page_count = 100000") }
        _ = try await store.append(.sample(key: "room again"))
        for key in acknowledged { #expect(try await store.append(.sample(key: key)).isDuplicate) }
        try await store.probe()
    }
}

@Test("The log is folded back while the store is busy, so that it does not grow without end")
func busyCheckpoints() async throws {
    try await withStore(StoreOptions(maxGroup: 1, busyCheckpointPages: 100)) { store in
        for number in 0..<200 { _ = try await store.append(.sample("order \(number)", key: "\(number)")) }
        let log = try FileManager.default.attributesOfItem(atPath: store.path + "-wal")[.size] as? Int
        #expect(try #require(log) < 150 * 4200)
    }
}

@Test("A long look at the store holds up neither appends nor, in the end, the log")
func longReader() async throws {
    try await withStore(StoreOptions(maxGroup: 1, busyCheckpointPages: 50)) { store in
        _ = try await store.append(.sample(key: "seen"))
        let (arrivals, arrive) = AsyncStream<Void>.makeStream()
        let mayGo = DispatchSemaphore(value: 0)
        let reader = Task {
            try await store.read { db in
                let before = try Int.fetchOne(db, sql: "SELECT count(*) FROM event")
                arrive.finish()
                mayGo.wait()
                return try before == Int.fetchOne(db, sql: "SELECT count(*) FROM event")
            }
        }
        for await _ in arrivals {}
        for number in 0..<100 { _ = try await store.append(.sample("order \(number)", key: "\(number)")) }
        mayGo.signal()
        #expect(try await reader.value)
        func logSize() throws -> Int {
            try #require(try FileManager.default.attributesOfItem(atPath: store.path + "-wal")[.size] as? Int)
        }
        let grown = try logSize()
        for number in 100..<400 { _ = try await store.append(.sample("order \(number)", key: "\(number)")) }
        #expect(try logSize() < grown * 2)
    }
}

@Test("A disk without room for SQLite's index of the log is called full, not broken")
func noRoomForTheIndex() {
    let fault = SQLiteFault(DatabaseError(resultCode: .SQLITE_IOERR_SHMSIZE)).fault
    guard case .full = fault else {
        Issue.record("\(fault)")
        return
    }
}
