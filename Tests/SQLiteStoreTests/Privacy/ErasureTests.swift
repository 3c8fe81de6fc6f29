import Foundation
import GRDB
import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

private func order(_ subject: SearchKey, why: String = "ticket 4711") -> ErasureOrder {
    ErasureOrder(subject: subject, hash: [1, 2, 3], act: OperatorAct(by: "ann", why: why, at: at(500)))
}

/// A store with a person's events in every state, and others' between them.
private func withPeople(_ isSealed: Bool, _ body: (SQLiteStore) async throws -> Void) async throws {
    try await withStore(vault: isSealed ? XORVault("2026-11") : PlainVault()) { store in
        for number in 0..<30 {
            let other = "person\(number)@example.com"
            _ = try await store.carry(.personal("order x\(number)", key: "x\(number)", email: other), email: other)
            guard number % 5 == 0 else { continue }
            _ = try await store.carry(.personal("order \(number)", key: "\(number)"))
        }
        let parked = try await store.append(.personal("order parked", key: "parked")).event
        let claim = try #require(try await store.claim(limit: 100).first { $0.event.id == parked })
        let reason = Reason(code: "d365-validation", message: "Customer \(jane) is on hold.", advice: "Ask \(jane).")
        _ = try await store.finish(claim.lease, .parked(reason), .sample(exchanges: [.personal()]))
        // The same record, told without the address.
        _ = try await store.append(.sample("order 0", key: "update", body: Array(#"{"name":"Jane O'Hara"}"#.utf8)))
        // A person's words name another person.
        let skipped = try await store.append(.sample("order skipped", key: "skipped")).event
        let act = OperatorAct(by: "anna", why: "\(jane) called.", at: at(300))
        _ = try await store.skip(.of(skipped), act: act, after: nil, limit: 1)
        try await body(store)
    }
}

@Test("After an erasure the address stands nowhere in the files", arguments: [false, true])
func nothingLeft(isSealed: Bool) async throws {
    try await withPeople(isSealed) { store in
        let count = try await store.holdings(of: SearchKey(.email, jane))
        #expect(count.events == 9 && count.links == 1 && count.unfinished == 2 && count.attempts == 7)
        let record = try await store.erase(order(SearchKey(.email, " " + jane.uppercased()), why: "asked by \(jane)"))
        #expect(record.count == ErasureCount(events: 9, attempts: 7, links: 1, unfinished: 2, running: 0))
        for words in [jane, "jane.o", "o%27hara", "o%27%27hara", "O'Hara"] {
            #expect(try await store.files(hold: words) == [], "\(words)")
        }
        // What is left of it, and of the others.
        #expect(try await store.holdings(of: SearchKey(.email, jane)) == ErasureCount())
        #expect(try await store.holdings(of: SearchKey(.email, "person7@example.com")).events == 1)
        #expect(try await store.append(.personal("order 5", key: "5")).isDuplicate)
    }
}

@Test("An erasure ends what is not finished, and frees what waits behind it")
func endsUnfinished() async throws {
    try await withStore { store in
        let first = try await store.append(.personal("order 1", key: "1")).event
        let behind = try await store.append(.sample("order 1", key: "2", kind: "stock", routes: [invoices])).event
        _ = try await store.erase(order(SearchKey(.email, jane)))
        let ended = try #require(try await store.deliveries(of: first).first)
        #expect(ended.state == .skipped && ended.reason?.code == "erased")
        #expect(try await store.state(of: behind) == .skipped)
    }
}

@Test("A delivery that runs keeps its event, is counted, and can be asked for again")
func running() async throws {
    try await withStore { store in
        _ = try await store.append(.personal(key: "a")).event
        let claim = try await store.claimOne()
        let record = try await store.erase(order(SearchKey(.email, jane)))
        #expect(record.count.running == 1 && record.count.events == 0)
        #expect(try await store.body(of: claim.event.id) != nil)
        try await store.finish(claim, .done(summary: nil))
        #expect(try await store.erase(order(SearchKey(.email, jane))).count.events == 1)
        #expect(try await store.body(of: claim.event.id) == nil)
    }
}

@Test("A customer's account leads to the address and to all that it stands in", arguments: [false, true])
func byAccount(isSealed: Bool) async throws {
    try await withStore(vault: isSealed ? XORVault("2026-11") : PlainVault()) { store in
        let id = try await store.carry(.personal(key: "a"))
        let guest = try await store.append(.personal("order 7", key: "b")).event
        let record = try await store.erase(order(SearchKey(.customer, "US-0042")))
        #expect(record.count.events == 2 && record.count.links == 1)
        for event in [id, guest] { #expect(try await store.body(of: event) == nil) }
        #expect(try await store.files(hold: jane) == [])
    }
}

@Test("That it was done is kept: when, by whom, why and what, but not who it was")
func record() async throws {
    try await withStore { store in
        _ = try await store.carry(.personal(key: "a"))
        let record = try await store.erase(order(SearchKey(.email, jane)))
        #expect(try await store.erasures(limit: 10) == [record])
        #expect(record.hash == [1, 2, 3] && record.kind == .email)
        #expect(record.act == OperatorAct(by: "ann", why: "ticket 4711", at: at(500)))
        #expect(try await store.erasureSalt().count == 32)
    }
}

@Test(
    "An address is found however it is written",
    arguments: [
        "jane.o'hara+shop@example.com", "JANE.O'HARA+SHOP@EXAMPLE.COM", "mailto:jane.o'hara+shop@example.com?x",
        "jane.o''hara+shop@example.com", "jane.o%27hara%2Bshop%40example.com",
        "jane.o%27%27hara%2bshop%40example.com",
        "jane.o%27hara%2Bshop@example.com",
    ])
func spellings(_ text: String) throws {
    let needle = try #require(Needle(SearchKey(.email, jane)))
    #expect(needle.isFound(in: text))
    #expect(needle.taken(outOf: "a \(text) b")?.contains("hara") == false)
}

@Test("Letters beyond ASCII are found as PHP writes them in JSON")
func escapes() throws {
    let needle = try #require(Needle(SearchKey(.email, "jürgen/1@example.com")))
    #expect(needle.isFound(in: #"{"email":"j\u00fcrgen\/1@example.com"}"#))
    #expect(needle.isFound(in: #"{"email":"J\u00FCRGEN\/1@example.com"}"#))
}

@Test("Other addresses are not", arguments: ["jane@example.com", "example.com", "", "jane.o'hara+shop@example.co"])
func others(_ text: String) throws {
    #expect(try #require(Needle(SearchKey(.email, jane))).isFound(in: text) == false)
}
