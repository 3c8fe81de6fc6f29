import Relay
import StoreConformance
import Testing

@testable import SQLiteStore

/// The same numbers for the same seed, so that a failure can be seen again (SplitMix64, Steele et al. 2014).
private struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Test("Whatever happens in whatever order, each subject with work left has one head", arguments: UInt64(1)...12)
func anyOrder(seed: UInt64) async throws {
    try await withStore { store in
        var walk = Walk(store: store, random: SeededGenerator(state: seed))
        for _ in 0..<150 {
            try await walk.step()
            try await store.checkInvariants()
        }
        try await walk.drain()
    }
}

private let routes = [
    orders, invoices, stock, prices,
    Route(
        flow: "Both", lane: "commerce/both", policy: SubjectPolicy(latestWins: true, parkedLetsPass: true)),
]

/// Does what the intake, the dispatcher and a person may do, at random, with three subjects and every policy.
private struct Walk {
    let store: SQLiteStore
    var random: SeededGenerator
    var now: Int64 = 10
    var events: [EventID] = []
    var claims: [Claim] = []

    mutating func step() async throws {
        now += 1
        switch Int.random(in: 0..<12, using: &random) {
        case 0...2: try await append()
        case 3, 4: claims += try await claim(limit: 2)
        case 5, 6: try await finish()
        case 7: try await replay()
        case 8:
            guard let event = events.randomElement(using: &random) else { return }
            try await store.skip(event, at: now)
        case 9: try await replayMany()
        case 10: try await resend()
        default:
            // Some of the claims go stale; finishing them must change nothing.
            now += Int64.random(in: 0...40, using: &random)
            try await store.rescue(now: at(now), owner: "me", otherOwners: Bool.random(using: &random))
        }
    }

    private mutating func append() async throws {
        let chosen = routes.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        let event = NewEvent.sample(
            "order \(Int.random(in: 1...3, using: &random))", key: "\(now)", at: now, routes: Array(chosen),
            version: Int64.random(in: 1...9, using: &random))
        events.append(try await store.append(event).event)
    }

    private mutating func claim(limit: Int) async throws -> [Claim] {
        let owner = Bool.random(using: &random) ? "me" : "you"
        return try await store.claim(
            routes.randomElement(using: &random) ?? orders, limit: limit, owner: owner, at: now)
    }

    private mutating func finish() async throws {
        guard let claim = claims.randomElement(using: &random) else { return }
        let outcomes: [Outcome] = [
            .done(summary: "SO-1"), .done(summary: nil), .retry(at: at(now + 5), unknownItem), .parked(unknownItem),
            .skipped(unknownItem), .held(until: at(now + 5), unknownItem),
        ]
        try await store.finish(claim, outcomes.randomElement(using: &random) ?? .done(summary: nil), at: now)
    }

    private mutating func replay() async throws {
        guard let event = events.randomElement(using: &random) else { return }
        try await store.replay(event, in: Bool.random(using: &random) ? [.parked, .waiting] : [], at: now)
    }

    private mutating func replayMany() async throws {
        var selection = EventSelection()
        selection.states = [[.parked], [.done], [.waiting, .skipped]].randomElement(using: &random) ?? []
        selection.since = at(Int64.random(in: 0...now, using: &random))
        _ = try await store.replay(
            selection, isBulk: true, act: .sample(at: now), after: events.randomElement(using: &random), limit: 3)
    }

    private mutating func resend() async throws {
        guard let event = events.randomElement(using: &random) else { return }
        let edit = EventEdit(body: [UInt8.random(in: 0...3, using: &random)])
        do {
            if let copy = try await store.resend(event, as: edit, act: .sample(at: now)) { events.append(copy) }
        } catch is RepairRefused {}
    }

    /// Nothing is left behind: with everybody released, every delivery can be brought to its end.
    mutating func drain() async throws {
        now += 1000
        try await store.rescue(now: at(now), owner: "nobody", otherOwners: true)
        for event in events { try await store.replay(event, in: [.parked, .waiting], at: now) }
        for _ in 0..<2000 {
            var due: [Claim] = []
            for route in routes { due += try await store.claim(route, at: now) }
            if due.isEmpty { break }
            for claim in due { try await store.finish(claim, .done(summary: nil), at: now) }
        }
        for lane in try await store.lanes(now: at(now)) {
            #expect(Set(lane.counts.keys).isSubset(of: ["done", "skipped", "superseded"]))
            #expect(lane.oldestWaitingSince == nil)
        }
    }
}
