import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

private struct Refused: Error {}

@Test("Whatever waits while one group is committed becomes one transaction")
func groups() async throws {
    try await withStore { store in
        let commits = CommitCounter()
        try await store.committer.perform(.bookkeeping) {
            $0.add(transactionObserver: commits, extent: .databaseLifetime)
        }
        let before = try await store.committer.perform(.bookkeeping) { _ in commits.count }
        let gate = Gate()
        let held = await gate.hold(store)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { _ = try await store.append(.sample(key: "\(number)")) } }
            await store.waitForQueue(of: 20)
            gate.open()
            try await group.waitForAll()
        }
        try await held.value
        // One for the transaction that was counted from, one for the gate, one for all that waited.
        let after = try await store.committer.perform(.bookkeeping) { _ in commits.count }
        #expect(after - before == 3)
        #expect(try await store.events(matching: EventFilter()).count == 20)
    }
}

@Test("A group is not larger than its limit")
func groupLimit() async throws {
    try await withStore(StoreOptions(maxGroup: 8)) { store in
        let commits = CommitCounter()
        try await store.committer.perform(.bookkeeping) {
            $0.add(transactionObserver: commits, extent: .databaseLifetime)
        }
        let before = try await store.committer.perform(.bookkeeping) { _ in commits.count }
        let gate = Gate()
        let held = await gate.hold(store)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for number in 0..<20 { group.addTask { _ = try await store.append(.sample(key: "\(number)")) } }
            await store.waitForQueue(of: 20)
            gate.open()
            try await group.waitForAll()
        }
        try await held.value
        let after = try await store.committer.perform(.bookkeeping) { _ in commits.count }
        #expect(after - before == 5)
    }
}

@Test("An operation that fails does not fail its neighbours, and leaves nothing behind")
func isolation() async throws {
    try await withStore { store in
        let gate = Gate()
        let held = await gate.hold(store)
        let receipts = try await withThrowingTaskGroup(of: Receipt?.self) { group in
            for number in 0..<9 {
                group.addTask {
                    if number % 3 != 1 { return try await store.append(.sample(key: "\(number)")) }
                    let fault = await #expect(throws: StoreFault.self) {
                        try await store.committer.perform(.bookkeeping) { db in
                            try db.execute(sql: "UPDATE probe SET count = 1000")
                            throw Refused()
                        }
                    }
                    guard case .failed = fault else {
                        Issue.record("expected .failed, found \(String(describing: fault))")
                        return nil
                    }
                    return nil
                }
                await store.waitForQueue(of: number + 1)
            }
            gate.open()
            return try await group.reduce(into: []) { $0 += [$1].compactMap(\.self) }
        }
        try await held.value
        #expect(Set(receipts.map(\.event)).count == 6)
        #expect(try await store.events(matching: EventFilter()).count == 6)
        #expect(try await store.read { try Int.fetchOne($0, sql: "SELECT count FROM probe") } == 0)
    }
}

@Test("An event that breaks a rule of the tables fails alone")
func brokenEvent() async throws {
    try await withStore { store in
        var broken = NewEvent.sample(key: "broken")
        broken.bodyDigest = [1, 2, 3]
        let event = broken
        await #expect(throws: StoreFault.self) { try await store.append(event) }
        let whole = try await store.append(.sample(key: "whole"))
        #expect(try await store.events(matching: EventFilter()).map(\.id) == [whole.event])
    }
}

@Test("A failing COMMIT fails its whole group, and the store goes on")
func failingCommit() async throws {
    try await withStore { store in
        let gate = Gate()
        let held = await gate.hold(store)
        let neighbour = Task { try await store.append(.sample(key: "neighbour")) }
        await store.waitForQueue(of: 1)
        let culprit = Task {
            try await store.committer.perform(.bookkeeping) { db in
                try db.execute(sql: "PRAGMA defer_foreign_keys = ON")
                try db.execute(sql: "INSERT INTO body (event_id, bytes) VALUES (4711, x'00')")
            }
        }
        await store.waitForQueue(of: 2)
        gate.open()
        try await held.value
        await #expect(throws: StoreFault.self) { try await neighbour.value }
        await #expect(throws: StoreFault.self) { try await culprit.value }
        #expect(try await store.events(matching: EventFilter()).isEmpty)
        #expect(try await store.append(.sample(key: "neighbour")).isDuplicate == false)
    }
}

@Test("When a group does not fit on the disk, those that fit alone are committed")
func fullCommit() async throws {
    try await withStore { store in
        let gate = Gate()
        let held = await gate.hold(store)
        let refusal = CommitRefusal(.SQLITE_FULL)
        let refusing = Task { try await refusal.join(store) }
        await store.waitForQueue(of: 1)
        async let first = store.append(.sample(key: "1"))
        async let second = store.append(.sample(key: "2"))
        await store.waitForQueue(of: 3)
        gate.open()
        try await held.value
        try await refusing.value
        _ = try await (first, second)
        #expect(try await store.events(matching: EventFilter()).count == 2)
    }
}

@Test("When the sync of a COMMIT fails, nobody of its group is acknowledged, and nobody after it")
func failingSync() async throws {
    try await withStore { store in
        let gate = Gate()
        let held = await gate.hold(store)
        let refusal = CommitRefusal(.SQLITE_IOERR_FSYNC)
        let refusing = Task { try await refusal.join(store) }
        await store.waitForQueue(of: 1)
        let group = (1...3).map { number in Task { try await store.append(.sample(key: "\(number)")) } }
        await store.waitForQueue(of: 4)
        gate.open()
        try await held.value
        await expectClosed { try await refusing.value }
        for member in group { await expectClosed { _ = try await member.value } }
        await expectClosed { _ = try await store.append(.sample(key: "after")) }
    }
}

@Test("A full queue refuses appends at once, and still takes what the dispatcher has to write down")
func overload() async throws {
    try await withStore(StoreOptions(maxWaiting: 2, reserved: 1)) { store in
        let gate = Gate()
        let held = await gate.hold(store)
        async let first = store.append(.sample(key: "1"))
        await store.waitForQueue(of: 1)
        async let second = store.append(.sample(key: "2"))
        await store.waitForQueue(of: 2)
        await #expect(throws: StoreFault.overloaded(limit: 2)) { try await store.append(.sample(key: "3")) }
        await #expect(throws: StoreFault.overloaded(limit: 2)) { try await store.probe() }
        async let leases: Void = store.extendLeases(owner: "me", until: at(100))
        await store.waitForQueue(of: 3)
        await #expect(throws: StoreFault.overloaded(limit: 3)) {
            try await store.extendLeases(owner: "me", until: at(100))
        }
        gate.open()
        try await held.value
        _ = try await (first, second, leases)
        #expect(try await store.events(matching: EventFilter()).count == 2)
        _ = try await store.append(.sample(key: "3"))
    }
}

@Test(
    "An error after which nothing is certain closes the store for good",
    arguments: [
        ResultCode.SQLITE_IOERR_FSYNC, .SQLITE_IOERR_DIR_FSYNC, .SQLITE_CORRUPT, .SQLITE_NOTADB,
    ])
func closingError(_ code: ResultCode) async throws {
    try await withStore { store in
        _ = try await store.append(.sample(key: "before"))
        let gate = Gate()
        let held = await gate.hold(store)
        let failing = Task<Void, any Error> {
            try await store.committer.perform(.bookkeeping) { _ in throw DatabaseError(resultCode: code) }
        }
        await store.waitForQueue(of: 1)
        let neighbour = Task { try await store.append(.sample(key: "neighbour")) }
        await store.waitForQueue(of: 2)
        gate.open()
        try await held.value
        await expectClosed { try await failing.value }
        await expectClosed { _ = try await neighbour.value }
        await expectClosed { _ = try await store.append(.sample(key: "after")) }
        await expectClosed { try await store.probe() }
        await expectClosed { _ = try await store.claim() }
        #expect(try await store.events(matching: EventFilter()).count == 1)
    }
}

@Test(
    "An error that may pass leaves the store open",
    arguments: [
        ResultCode.SQLITE_BUSY, .SQLITE_IOERR_READ, .SQLITE_IOERR_WRITE, .SQLITE_NOMEM, .SQLITE_CONSTRAINT,
        .SQLITE_FULL,
    ])
func passingError(_ code: ResultCode) async throws {
    try await withStore { store in
        let fault = await #expect(throws: StoreFault.self) {
            try await store.committer.perform(.bookkeeping) { _ in throw DatabaseError(resultCode: code) }
        }
        switch (code, fault) {
        case (.SQLITE_FULL, .full), (_, .failed): break
        default: Issue.record("\(code) became \(String(describing: fault))")
        }
        try await store.probe()
    }
}

@Test("Closing commits what was handed over, and refuses what comes later")
func closing() async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        let store = try SQLiteStore.open(path: path, logger: silent)
        let gate = Gate()
        let held = await gate.hold(store)
        async let last = store.append(.sample(key: "last"))
        await store.waitForQueue(of: 1)
        async let closed: Void = store.close()
        gate.open()
        try await held.value
        #expect(try await last.isDuplicate == false)
        await closed
        await store.close()
        await expectClosed { _ = try await store.append(.sample(key: "late")) }
        await expectClosed { _ = try await store.nextDue(lane: orders.lane) }

        let again = try SQLiteStore.open(path: path, logger: silent)
        #expect(try await again.append(.sample(key: "last")).isDuplicate)
        await again.close()
    }
}

func expectClosed(
    sourceLocation: SourceLocation = #_sourceLocation, _ body: () async throws -> Void
) async {
    let fault = await #expect(throws: StoreFault.self, sourceLocation: sourceLocation) { try await body() }
    guard case .closed = fault else {
        Issue.record("expected .closed, found \(String(describing: fault))", sourceLocation: sourceLocation)
        return
    }
}

/// Fails the COMMIT of the group that it joins, once, as a disk would.
///
/// `@unchecked Sendable`: `state` is used on the writer's queue only.
private final class CommitRefusal: TransactionObserver, @unchecked Sendable {
    private enum State { case new, armed, spent }
    private let code: ResultCode
    private var state = State.new
    init(_ code: ResultCode) { self.code = code }

    func join(_ store: SQLiteStore) async throws {
        try await store.committer.perform(.bookkeeping) { db in
            guard self.state == .new else { return }
            self.state = .armed
            db.add(transactionObserver: self, extent: .databaseLifetime)
            try db.execute(sql: "UPDATE probe SET count = count + 1")
        }
    }

    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseWillCommit() throws {
        guard state == .armed else { return }
        state = .spent
        throw DatabaseError(resultCode: code)
    }
    func databaseDidCommit(_ db: Database) {}
    func databaseDidRollback(_ db: Database) {}
}

/// `@unchecked Sendable`: used on the writer's queue only.
private final class CommitCounter: TransactionObserver, @unchecked Sendable {
    private(set) var count = 0
    func observes(eventsOfKind eventKind: DatabaseEventKind) -> Bool { false }
    func databaseDidChange(with event: DatabaseEvent) {}
    func databaseDidCommit(_ db: Database) { count += 1 }
    func databaseDidRollback(_ db: Database) {}
}
