import Foundation
import GRDB
import Relay
import StoreConformance
import Synchronization
import Testing

@testable import SQLiteStore

@Test("A backup under load holds every event that was acknowledged before it began, and is whole")
func underLoad() async throws {
    try await withStore(StoreOptions(busyCheckpointPages: 50)) { store in
        let backup = store.path + ".copy"
        let load = Load()
        let writers = Task { await load.run(on: store) }
        await load.waitFor(200)
        let acknowledged = load.newest
        let report = try await store.backUp(to: backup)
        writers.cancel()
        await writers.value
        #expect(try #require(report.newestEvent) >= acknowledged && report.events >= 200)

        let copy = try SQLiteStore.open(path: backup, logger: silent)
        for number in 0..<Int(acknowledged.rawValue) {
            #expect(try await copy.append(.sample(key: "\(number)")).isDuplicate)
        }
        try await copy.checkInvariants()
        await copy.close()
        #expect(try await StoreCheck.run(on: backup).isEmpty)
    }
}

/// Appends events with rising keys, one after the other, until it is cancelled.
private final class Load: Sendable {
    private let state = Mutex((newest: EventID(0), waiters: [(Int64, CheckedContinuation<Void, Never>)]()))

    var newest: EventID { state.withLock { $0.newest } }

    func run(on store: SQLiteStore) async {
        var number = 0
        while !Task.isCancelled, let receipt = try? await store.append(.sample("order \(number)", key: "\(number)")) {
            number += 1
            let due = state.withLock { state in
                state.newest = receipt.event
                let due = state.waiters.filter { $0.0 <= receipt.event.rawValue }
                state.waiters.removeAll { $0.0 <= receipt.event.rawValue }
                return due
            }
            for waiter in due { waiter.1.resume() }
        }
    }

    func waitFor(_ count: Int64) async {
        await withCheckedContinuation { continuation in
            let isThere = state.withLock { state in
                if state.newest.rawValue >= count { return true }
                state.waiters.append((count, continuation))
                return false
            }
            if isThere { continuation.resume() }
        }
    }
}

@Test("A backup is one file that only its owner may read, with nothing left beside it")
func oneFile() async throws {
    try await withFilledStore { store, folder in
        try await store.backUp(to: folder.appendingPathComponent("copy.db").path).expectEvents(3)
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasPrefix("copy") }
        #expect(files == ["copy.db"])
        let mode = try FileManager.default.attributesOfItem(atPath: folder.appendingPathComponent("copy.db").path)
        #expect(mode[.posixPermissions] as? Int == 0o600)
    }
}

@Test("A backup takes the place of an older one of the same name at once, and never the store's own")
func replaced() async throws {
    try await withFilledStore { store, folder in
        let path = folder.appendingPathComponent("copy.db").path
        try Data("old".utf8).write(to: URL(fileURLWithPath: path))
        try await store.backUp(to: path).expectEvents(3)
        await #expect(throws: CopyFault.self) { try await store.backUp(to: store.path) }
        #expect(try await store.append(.sample(key: "1")).isDuplicate)
    }
}

@Test("A backup that cannot be written leaves nothing behind, and says why")
func unwritable() async throws {
    try await withFilledStore { store, folder in
        let error = await #expect(throws: CopyFault.self) {
            try await store.backUp(to: folder.appendingPathComponent("missing/copy.db").path)
        }
        #expect(error?.description.contains("No such file or directory") == true)
    }
}

@Test("A backup that was cut or damaged is not restored, and the store stays as it is", arguments: Damage.allCases)
private func damaged(_ damage: Damage) async throws {
    try await withFolder { folder in
        let (store, backup) = (folder.appendingPathComponent("causeway.db").path, folder.path + "/copy.db")
        try await fill(store, backup)
        try damage.apply(to: backup)
        let before = try Data(contentsOf: URL(fileURLWithPath: store))
        let error = await #expect(throws: CopyFault.self) {
            try await StoreRestore.run(from: backup, to: store, suffix: "x")
        }
        #expect(
            error.map { damage.words.isEmpty || $0.description.contains(damage.words) } == true,
            "\(String(describing: error))")
        #expect(try Data(contentsOf: URL(fileURLWithPath: store)) == before)
        #expect(
            try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() == [
                "causeway.db", "causeway.db.lock", "copy.db",
            ])
    }
}

private enum Damage: CaseIterable {
    case cut, empty, overwritten, foreign, newer

    var words: String {
        switch self {
        case .cut, .overwritten: ""
        case .empty, .foreign: "is no"
        case .newer: "newer version"
        }
    }

    func apply(to path: String) throws {
        let url = URL(fileURLWithPath: path)
        var data = try Data(contentsOf: url)
        switch self {
        case .cut: data = data.prefix(data.count / 2)
        case .empty: data = Data()
        case .overwritten: for page in stride(from: 8192, to: data.count, by: 4096) { data[page + 8] ^= 0xFF }
        case .foreign: data[70] = 0
        case .newer:
            let database = try DatabaseQueue(path: path)
            try database.write { try $0.execute(sql: "INSERT INTO grdb_migrations VALUES ('99: later')") }
            return try database.close()
        }
        try data.write(to: url)
    }
}

@Test("A restored store is the backup's; what stood there before is kept with its log")
func restored() async throws {
    try await withFolder { folder in
        let (path, backup) = (folder.appendingPathComponent("causeway.db").path, folder.path + "/copy.db")
        try await fill(path, backup)
        let later = try SQLiteStore.open(path: path, logger: silent)
        _ = try await later.append(.sample("order later", key: "later"))
        await later.close()

        let result = try await StoreRestore.run(from: backup, to: path, suffix: "20261121T090300Z")
        #expect(result.report.events == 3 && result.replaced == path + ".replaced-20261121T090300Z")
        let store = try SQLiteStore.open(path: path, logger: silent)
        #expect(try await store.append(.sample(key: "1")).isDuplicate)
        #expect(try await store.append(.sample(key: "later")).isDuplicate == false)
        await store.close()
        let old = try SQLiteStore.open(path: path + ".replaced-20261121T090300Z", logger: silent)
        #expect(try await old.append(.sample(key: "later")).isDuplicate)
        await old.close()
    }
}

@Test("Nothing is restored while a process works with the store")
func restoreInUse() async throws {
    try await withFilledStore { store, folder in
        let backup = folder.appendingPathComponent("copy.db").path
        _ = try await store.backUp(to: backup)
        let error = await #expect(throws: StoreOpenError.self) {
            try await StoreRestore.run(from: backup, to: store.path, suffix: "x")
        }
        guard case .inUse = error else {
            Issue.record("expected .inUse, found \(String(describing: error))")
            return
        }
    }
}

@Test("A backup names the keys that it needs")
func backupKeys() async throws {
    try await withStore(vault: XORVault("2026-11")) { store in
        _ = try await store.append(.sample(key: "a"))
        #expect(try await store.backUp(to: store.path + ".copy").keys == ["2026-11"])
    }
}

private func withFilledStore(_ body: (SQLiteStore, URL) async throws -> Void) async throws {
    try await withStore { store in
        for number in 1...3 { _ = try await store.append(.sample("order \(number)", key: "\(number)")) }
        try await body(store, URL(fileURLWithPath: store.path).deletingLastPathComponent())
    }
}

private func fill(_ path: String, _ backup: String) async throws {
    let store = try SQLiteStore.open(path: path, logger: silent)
    for number in 1...3 { _ = try await store.append(.sample("order \(number)", key: "\(number)")) }
    _ = try await store.backUp(to: backup)
    await store.close()
}

extension BackupReport {
    fileprivate func expectEvents(_ count: Int, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(events == count && bytes > 0, sourceLocation: sourceLocation)
    }
}
