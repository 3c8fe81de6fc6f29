import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

@Test("What is sealed stands nowhere in the files, and reads as it was")
func nothingInClearText() async throws {
    try await withStore(vault: XORVault("2026-11")) { store in
        let event = NewEvent.personal(key: "a")
        let id = try await store.carry(event)
        #expect(try await store.body(of: id) == event.body)
        let detail = try #require(try await store.event(id))
        #expect(detail.deliveries[0].attempts[0].record.exchanges == [.personal()])
        #expect(detail.links.map(\.key.key) == [jane])
        let key = LinkKey(kind: "customer", scope: "usmf", key: jane)
        #expect(try await store.value(of: key) == "US-0042")
        #expect(try await store.key(kind: "customer", scope: "usmf", value: "US-0042") == jane)
        for words in [jane, "jane.o", "customer_email", "PrimaryContactEmail", "000000042\"}"] {
            #expect(try await store.files(hold: words) == [], "\(words)")
        }
    }
}

@Test("Without encryption the same words are in the files, so that the test before proves something")
func clearText() async throws {
    try await withStore { store in
        _ = try await store.carry(.personal(key: "a"))
        #expect(try await store.files(hold: jane) == [""])
    }
}

@Test("A sealed store does not open without its keys, and names them")
func missingKeys() async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        for key in ["old", "new"] {
            let store = try SQLiteStore.open(path: path, vault: XORVault(key, "old"), logger: silent)
            _ = try await store.carry(.personal("order \(key)", key: key))
            await store.close()
        }
        for (vault, missing) in [
            (PlainVault() as any PayloadVault, ["new", "old"]), (XORVault("new"), ["old"]),
            (XORVault("other"), ["new", "old"]),
        ] {
            let error = #expect(throws: StoreOpenError.self) {
                try SQLiteStore.open(path: path, vault: vault, logger: silent)
            }
            #expect(error == .missingKeys(path: path, keys: missing))
        }
    }
}

@Test("A store whose search keys were hashed with another secret does not open, since nothing would be found in it")
func otherSearchKey() async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        let store = try SQLiteStore.open(path: path, vault: XORVault("2026-11"), logger: silent)
        await store.close()
        var other = XORVault("2026-11")
        other.secret = 8
        #expect(throws: StoreOpenError.otherSearchKey(path: path)) {
            try SQLiteStore.open(path: path, vault: other, logger: silent)
        }
    }
}

@Test("A store in clear text, and one under an older key, come whole under the newest", arguments: [nil, "old"])
func rotation(_ before: String?) async throws {
    try await withFolder { folder in
        let path = folder.appendingPathComponent("causeway.db").path
        let first = before.map { XORVault($0) as any PayloadVault } ?? PlainVault()
        let earlier = try SQLiteStore.open(path: path, vault: first, logger: silent)
        var events: [(id: EventID, body: [UInt8])] = []
        for number in 1...7 {
            let event = NewEvent.personal("order \(number)", key: "\(number)", email: "p\(number)@example.com")
            events.append((try await earlier.carry(event, email: "p\(number)@example.com"), event.body))
        }
        await earlier.close()

        let vault = before.map { XORVault("new", $0) } ?? XORVault("new")
        let store = try SQLiteStore.open(path: path, vault: vault, logger: silent)
        #expect(
            try await store.value(of: LinkKey(kind: "customer", scope: "usmf", key: "p3@example.com")) == "US-0042")
        #expect(try await store.sealing().left > 0)
        #expect(try await store.resealAll(limit: 3) > 0)
        let report = try await store.sealing()
        #expect(report.left == 0 && report.rows == ["new": 21] && report.plain == 0 && report.plainSearchKeys == 0)
        for (id, body) in events { #expect(try await store.body(of: id) == body) }
        #expect(try await store.event(events[2].id)?.links.map(\.key.key) == ["p3@example.com"])
        #expect(try await store.files(hold: "p3@example.com") == [])
        #expect(try await store.resealAll(limit: 3) == 0)
        try await store.checkInvariants()
        await store.close()
        // The older key is not needed any more.
        let alone = try SQLiteStore.open(path: path, vault: XORVault("new"), logger: silent)
        #expect(try await alone.body(of: events[0].id) == events[0].body)
        await alone.close()
    }
}

@Test("A body that was changed in the file is parked with its event's number, and the others are carried")
func tamperedBody() async throws {
    try await withStore(vault: XORVault("2026-11")) { store in
        let ids = try await [
            store.append(.personal("order 1", key: "1")), store.append(.personal("order 2", key: "2")),
        ]
        .map(\.event)
        try await store.flipBit(inBodyOf: ids[0])
        let claims = try await store.claim(limit: 10)
        #expect(claims.map(\.event.id) == [ids[1]])
        let delivery = try #require(try await store.deliveries(of: ids[0]).first)
        #expect(delivery.state == .parked && delivery.reason?.code == "body-unreadable")
        #expect(delivery.reason?.message.contains("the body of event \(ids[0])") == true)
        let error = await #expect(throws: Unreadable.self) { try await store.body(of: ids[0]) }
        #expect(error?.fault == .notGenuine(key: "2026-11"))
    }
}

@Test("A body does not open in another event's place")
func exchangedBodies() async throws {
    try await withStore(vault: XORVault("2026-11")) { store in
        let ids = try await [
            store.append(.personal("order 1", key: "1", digest: 1)),
            store.append(.personal("order 2", key: "2", digest: 2)),
        ].map(\.event)
        try await store.committer.perform(.bookkeeping) { db in
            try db.execute(
                sql: "UPDATE body SET bytes = (SELECT bytes FROM body WHERE event_id = ?) WHERE event_id = ?",
                arguments: [ids[0].rawValue, ids[1].rawValue])
        }
        await #expect(throws: Unreadable.self) { try await store.body(of: ids[1]) }
        #expect(try await store.body(of: ids[0]) != nil)
    }
}

@Test("An attempt that cannot be read says so, and hides no other")
func tamperedAttempt() async throws {
    try await withStore(vault: XORVault("2026-11")) { store in
        let id = try await store.append(.personal(key: "a")).event
        for second in [10, 100] as [Int64] {
            let claim = try await store.claimOne(at: second)
            let record = AttemptRecord.sample(at: second, exchanges: [.personal()])
            _ = try await store.finish(claim.lease, .retry(at: at(second + 50), unknownItem), record)
        }
        try await store.committer.perform(.bookkeeping) { db in
            try db.execute(sql: "UPDATE attempt SET sealed_exchanges = x'0011' WHERE attempt = 1")
        }
        let attempts = try #require(try await store.event(id)).deliveries[0].attempts
        #expect(attempts[0].unreadable?.contains("attempt 1 of delivery 1") == true)
        #expect(attempts[0].record.exchanges.isEmpty)
        #expect(attempts[1].unreadable == nil && attempts[1].record.exchanges == [.personal()])
        let page = try await store.reseal(from: ResealPosition(stage: 2, key: nil), limit: 10)
        #expect(page.unreadable.isEmpty)
    }
}

extension SQLiteStore {
    /// - Returns: How many rows were changed.
    func resealAll(limit: Int) async throws -> Int {
        var (changed, position): (Int, ResealPosition?) = (0, nil)
        repeat {
            let page = try await reseal(from: position, limit: limit)
            changed += page.changed
            position = page.next
        } while position != nil
        return changed
    }

    func flipBit(inBodyOf event: EventID) async throws {
        try await committer.perform(.bookkeeping) { db in
            let bytes = try Data.fetchOne(
                db, sql: "SELECT bytes FROM body WHERE event_id = ?", arguments: [event.rawValue])
            var changed = [UInt8](bytes ?? Data())
            changed[changed.count / 2] ^= 1
            try db.execute(
                sql: "UPDATE body SET bytes = ? WHERE event_id = ?", arguments: [Data(changed), event.rawValue])
        }
    }
}
