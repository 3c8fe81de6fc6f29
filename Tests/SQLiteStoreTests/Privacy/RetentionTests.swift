import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

private let day = Int64(86_400)
private let rules = RetentionRules(
    ages: .init(bodies: .days(30), attempts: .days(90), events: .days(400)),
    kinds: ["refund": .init(bodies: .days(60), attempts: .days(90), events: nil)])

extension Duration {
    fileprivate static func days(_ count: Int64) -> Duration { .seconds(count * day) }
}

extension SQLiteStore {
    @discardableResult
    fileprivate func purgeAll(afterDays days: Int64, limit: Int = 500) async throws -> PurgeCount {
        var sum = PurgeCount()
        while true {
            let part = try await purge(rules, now: at(days * day), limit: limit)
            if part.isEmpty { return sum }
            sum = sum + part
        }
    }
}

@Test("Bodies go first, then what attempts sent and received, then the event", arguments: [false, true])
func ages(isSealed: Bool) async throws {
    try await withStore(vault: isSealed ? XORVault("2026-11") : PlainVault()) { store in
        let id = try await store.carry(.personal(key: "a"))
        #expect(try await store.purgeAll(afterDays: 29) == PurgeCount())
        #expect(try await store.body(of: id) != nil)

        #expect(try await store.purgeAll(afterDays: 31) == PurgeCount(bodies: 1))
        #expect(try await store.body(of: id) == nil)
        #expect(try await store.event(id)?.deliveries[0].attempts[0].record.exchanges == [.personal()])

        #expect(try await store.purgeAll(afterDays: 91) == PurgeCount(attempts: 1))
        let attempts = try #require(try await store.event(id)).deliveries[0].attempts
        #expect(attempts.count == 1 && attempts[0].record.exchanges.isEmpty && attempts[0].state == .done)
        #expect(try await store.append(.personal(key: "a")).isDuplicate)

        #expect(try await store.purgeAll(afterDays: 401) == PurgeCount(events: 1))
        #expect(try await store.event(id) == nil)
        #expect(try await store.append(.personal(key: "a")).isDuplicate == false)
        // Links outlive what wrote them.
        #expect(try await store.value(of: LinkKey(kind: "customer", scope: "usmf", key: jane)) == "US-0042")
    }
}

@Test("What is not finished stays whole, however old it is", arguments: ["ready", "waiting", "parked", "running"])
func unfinished(_ state: String) async throws {
    try await withStore { store in
        let id = try await store.append(.personal(key: "a")).event
        if state != "ready" {
            let claim = try await store.claimOne()
            if state != "running" {
                let outcome: Outcome = state == "parked" ? .parked(unknownItem) : .retry(at: at(50), unknownItem)
                _ = try await store.finish(claim.lease, outcome, .sample(exchanges: [.personal()]))
            }
        }
        #expect(try await store.purgeAll(afterDays: 5000) == PurgeCount())
        #expect(try await store.body(of: id) != nil)
        #expect(try await store.deliveries(of: id).map(\.state.rawValue) == [state])
    }
}

@Test("Kinds with ages of their own keep them")
func kinds() async throws {
    try await withStore { store in
        var refund = NewEvent.personal("refund 1", key: "refund")
        refund.kind = "refund"
        let (order, kept) = (try await store.carry(.personal(key: "order")), try await store.carry(refund))
        #expect(try await store.purgeAll(afterDays: 45) == PurgeCount(bodies: 1))
        #expect(try await store.body(of: order) == nil)
        #expect(try await store.body(of: kept) != nil)
        #expect(try await store.purgeAll(afterDays: 1000) == PurgeCount(bodies: 1, attempts: 2, events: 1))
        #expect(try await store.event(kept) != nil)
    }
}

@Test("A million rows are purged a few at a time, and everything is gone in the end", arguments: [1, 7, 500])
func parts(_ limit: Int) async throws {
    try await withStore { store in
        for number in 0..<60 {
            let id = try await store.append(.personal("order \(number)", key: "\(number)", at: Int64(number))).event
            if number % 10 == 0 { continue }
            try await store.skip(id, at: 100)
        }
        let first = try await store.purge(rules, now: at(31 * day), limit: limit)
        #expect(first.bodies <= limit)
        #expect(try await store.purgeAll(afterDays: 31, limit: limit).bodies + first.bodies == 54)
        #expect(try await store.purgeAll(afterDays: 500, limit: limit).events == 54)
        #expect(try await store.events(matching: EventFilter(limit: 100)).count == 6)
        #expect(try await store.lanes(now: at(0)).first?.counts == ["ready": 6])
        try await store.checkInvariants()
    }
}

@Test("Events that no flow took are purged too")
func withoutRoutes() async throws {
    try await withStore { store in
        _ = try await store.append(.sample(key: "a", routes: []))
        #expect(try await store.purgeAll(afterDays: 500) == PurgeCount(bodies: 1, events: 1))
    }
}

@Test("An event without its body is not replayed, and stays as it ended")
func replayWithoutBody() async throws {
    try await withStore { store in
        let id = try await store.carry(.personal(key: "a"))
        try await store.purgeAll(afterDays: 31)
        #expect(try await store.replay(id, at: 32 * day).isEmpty)
        #expect(try await store.state(of: id) == .done)
    }
}

@Test("A delivery whose body is gone against all promises is parked, and does not vanish from sight")
func lostBody() async throws {
    try await withStore { store in
        let id = try await store.append(.sample(key: "a")).event
        try await store.committer.perform(.bookkeeping) { try $0.execute(sql: "DELETE FROM body") }
        #expect(try await store.claim().isEmpty)
        let delivery = try #require(try await store.deliveries(of: id).first)
        #expect(delivery.state == .parked && delivery.reason?.code == "body-gone")
    }
}

@Test("What purging empties is given back to the file system, but for what new events will soon use")
func release() async throws {
    try await withStore { store in
        for number in 0..<400 {
            let event = NewEvent.sample(
                "order \(number)", key: "\(number)", body: [UInt8](repeating: 7, count: 100_000))
            try await store.skip(try await store.append(event).event, at: 100)
        }
        try await store.purgeAll(afterDays: 31)
        try await store.truncateLog()
        let before = try await store.figures()
        #expect(before.freeBytes > 30 << 20)
        var released = 0
        while case let bytes = try await store.release(), bytes > 0 { released += bytes }
        try await store.truncateLog()
        let after = try await store.figures()
        #expect(released > 10 << 20 && after.bytes == before.bytes - released)
        #expect(after.freeBytes >= FreePages.least * 4096 - (1 << 20))
    }
}

@Test("The last row before a moment is found whatever is missing between", arguments: 0...12)
func lastRow(_ second: Int64) async throws {
    try await withStore { store in
        for number in 1...10 {
            _ = try await store.append(.sample("order \(number)", key: "\(number)", at: Int64(number)))
        }
        try await store.committer.perform(.bookkeeping) { db in
            try db.execute(sql: "DELETE FROM event WHERE id IN (1, 4, 5, 6, 10)")
        }
        let moment = at(second).millisecondsSince1970
        let found = try await store.read { try Age.lastRow(of: .event, before: moment, $0) }
        #expect(found == [2, 3, 7, 8, 9].last { $0 < second })
    }
}
