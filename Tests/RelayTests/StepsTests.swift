import Foundation
import Relay
import Testing

/// One delivery under a lease, and as many attempts of it as a test wants.
private struct Bench {
    let store = MemoryStore()
    let clock = ManualClock()
    let log = SignalLog()
    let locks = KeyedLocks<LinkKey>()
    let calls = Tally()

    /// A fresh attempt, with what earlier ones left.
    func attempt(_ number: Int = 1) async throws -> Steps {
        let receipt = try await store.append(.order(number))
        store.release(receipt.event)
        let claims = try await store.claim(
            lane: "dynamics/Scripted", limit: 100, bulkLimit: 100, owner: "me", now: clock.now(),
            leaseUntil: clock.now() + .seconds(60))
        let claim = try #require(claims.first { $0.event.id == receipt.event })
        return Steps(
            claim: claim, history: try await store.steps(of: claim.lease.delivery), memory: store, links: store,
            locks: locks, clock: clock, observer: log)
    }

    func ensure(_ steps: Steps, found: String? = nil, created: String = "C-1") async throws -> String {
        try await steps.ensure("customer", link: .customer) {
            calls.note("find")
            return found
        } create: {
            calls.note("create")
            return created
        }
    }

    var step: StepRecord? { store.content.value.rows.first?.steps.first }
}

@Suite("Durable steps", .timeLimit(.minutes(1)))
struct StepsTests {
    private let bench = Bench()

    @Test("creates what nobody knows, after looking for it, and stores result and link")
    func creates() async throws {
        #expect(try await bench.ensure(bench.attempt()) == "C-1")
        #expect(bench.calls.names == ["find", "create"])
        #expect(bench.store.content.value.links == [.customer: "C-1"])
        #expect(bench.step?.result == Array(#""C-1""#.utf8))
    }

    @Test("the intent is on disk before anything is created")
    func intentFirst() async throws {
        let steps = try await bench.attempt()
        _ = try await steps.ensure("customer", link: .customer) {
            #expect(bench.step == nil)
            return nil
        } create: {
            #expect(bench.step?.name == "customer")
            #expect(bench.step?.concludedAt == nil)
            return "C-1"
        }
    }

    @Test("a remembered result is returned without a call")
    func remembered() async throws {
        _ = try await bench.ensure(bench.attempt())
        #expect(try await bench.ensure(bench.attempt(), created: "C-2") == "C-1")
        #expect(bench.calls.names == ["find", "create"])
    }

    @Test("the same step twice in one attempt happens once")
    func twiceInOneAttempt() async throws {
        let steps = try await bench.attempt()
        #expect(!steps.hasConcluded("customer"))
        _ = try await bench.ensure(steps)
        #expect(steps.hasConcluded("customer"))
        #expect(try await bench.ensure(steps, created: "C-2") == "C-1")
        #expect(bench.calls.count("create") == 1)
    }

    @Test("an existing link is returned without a call, and remembered")
    func linkExists() async throws {
        bench.store.content.update { $0.links[.customer] = "C-7" }
        #expect(try await bench.ensure(bench.attempt()) == "C-7")
        #expect(bench.calls.names.isEmpty)
        #expect(bench.step?.result == Array(#""C-7""#.utf8))
    }

    @Test("a record found on the far side is linked, not created again")
    func found() async throws {
        #expect(try await bench.ensure(bench.attempt(), found: "C-9") == "C-9")
        #expect(bench.calls.names == ["find"])
        #expect(bench.store.content.value.links == [.customer: "C-9"])
    }

    @Test("after a crash between creating and noting it, the next attempt finds the record and creates nothing")
    func crashAfterCreate() async throws {
        bench.store.fail(.conclude)
        await #expect(throws: StoreFault.self) { try await bench.ensure(bench.attempt()) }
        #expect(bench.step?.result == nil)
        #expect(bench.step != nil)
        #expect(try await bench.ensure(bench.attempt(), found: "C-1", created: "C-2") == "C-1")
        #expect(bench.calls.names == ["find", "create", "find"])
        #expect(bench.store.content.value.links == [.customer: "C-1"])
    }

    @Test("nothing is created when the intent cannot be stored")
    func intentFails() async throws {
        bench.store.fail(.intend)
        await #expect(throws: StoreFault.self) { try await bench.ensure(bench.attempt()) }
        #expect(bench.calls.names == ["find"])
    }

    @Test("a failing look-up creates nothing and leaves no trace")
    func findFails() async throws {
        let steps = try await bench.attempt()
        await #expect(throws: Broken.self) {
            try await steps.ensure("customer", link: .customer) {
                throw Broken()
            } create: {
                "C-1"
            }
        }
        #expect(bench.step == nil)
        #expect(try await bench.ensure(steps) == "C-1")
    }

    @Test("two orders of one new customer, side by side, create the customer once")
    func concurrentEnsures() async throws {
        let attempts = [try await bench.attempt(1), try await bench.attempt(2)]
        let (gate, executor) = (Gate(), SerialTaskExecutor())
        let tasks = attempts.map { steps in
            Task(executorPreference: executor) {
                try await steps.ensure("customer", link: .customer) {
                    bench.calls.note("find")
                    await gate.pass()
                    return nil
                } create: {
                    bench.calls.note("create")
                    return "C-\(steps.claim.event.id)"
                }
            }
        }
        await executor.untilIdle()
        #expect(bench.calls.names == ["find"])
        gate.open()
        let values = [try await tasks[0].value, try await tasks[1].value]
        #expect(Set(values).count == 1)
        #expect(bench.calls.names == ["find", "create"])
    }

    @Test("a step without a link of its own is found or created once, and remembered")
    func withoutLink() async throws {
        struct Lines: Codable, Equatable { var count: Int }
        for _ in 1...2 {
            let lines = try await bench.attempt().ensure("lines") { () -> Lines? in
                bench.calls.note("find")
                return nil
            } create: {
                bench.calls.note("create")
                return Lines(count: 6)
            }
            #expect(lines == Lines(count: 6))
        }
        #expect(bench.calls.names == ["find", "create"])
        #expect(bench.store.content.value.links.isEmpty)
    }

    @Test("results of every type survive a restart")
    func resultTypes() async throws {
        struct Address: Codable, Equatable { var city: String, lines: [String] }
        let address = Address(city: "Århus", lines: ["a", ""])
        for _ in 1...2 {
            let steps = try await bench.attempt()
            #expect(try await steps.once("text") { "SO-1" } == "SO-1")
            #expect(try await steps.once("count") { 42 } == 42)
            #expect(try await steps.once("flag") { false } == false)
            #expect(try await steps.once("nothing") { String?.none } == nil)
            #expect(try await steps.once("list") { [Int]() } == [])
            #expect(try await steps.once("record") { address } == address)
            try await steps.once("void") { bench.calls.note("void") }
        }
        #expect(bench.calls.names == ["void"])
    }

    @Test("money keeps every digit in a remembered result", arguments: ["0.1", "19.99", "1234567890123456.789"])
    func money(text: String) async throws {
        let amount = try #require(Decimal(string: text))
        for _ in 1...2 {
            #expect(try await bench.attempt().once("total") { amount } == amount)
        }
    }

    @Test("an effect that threw is tried again by the next attempt")
    func onceThrows() async throws {
        let steps = try await bench.attempt()
        await #expect(throws: Broken.self) { try await steps.once("write back") { throw Broken() } }
        #expect(!steps.hasConcluded("write back"))
        try await bench.attempt().once("write back") { bench.calls.note("effect") }
        #expect(bench.calls.names == ["effect"])
    }

    @Test("a remembered result of another type is an error, not a wrong value")
    func otherType() async throws {
        _ = try await bench.attempt().once("count") { 42 }
        let steps = try await bench.attempt()
        await #expect(throws: DecodingError.self) { try await steps.once("count") { "text" } }
    }

    @Test("an attempt that lost its lease learns of it before it creates anything")
    func leaseLost() async throws {
        let steps = try await bench.attempt()
        bench.store.steal(steps.claim.event.id, owner: "other")
        await #expect(throws: LeaseLost(lease: steps.claim.lease)) { try await bench.ensure(steps) }
        #expect(bench.calls.names == ["find"])
    }

    @Test("an attempt that lost its lease stores neither result nor link")
    func leaseLostLate() async throws {
        let steps = try await bench.attempt()
        await #expect(throws: LeaseLost(lease: steps.claim.lease)) {
            try await steps.ensure("customer", link: .customer) {
                nil
            } create: {
                bench.store.steal(steps.claim.event.id, owner: "other")
                return "C-1"
            }
        }
        #expect(!steps.hasConcluded("customer"))
        #expect(bench.store.content.value.links.isEmpty)
    }

    @Test("calls of a step are recorded under its name")
    func trailStep() async throws {
        let steps = try await bench.attempt()
        _ = try await steps.ensure("customer", link: .customer) {
            bench.calls.note(Trail.step ?? "none")
            return nil
        } create: {
            bench.calls.note(Trail.step ?? "none")
            return "C-1"
        }
        try await steps.once("write back") { bench.calls.note(Trail.step ?? "none") }
        #expect(bench.calls.names == ["customer", "customer", "write back"])
        #expect(Trail.step == nil)
    }

    @Test("each concluded step is told to the observer once, in words")
    func signals() async throws {
        _ = try await bench.ensure(bench.attempt())
        _ = try await bench.ensure(bench.attempt())
        let results = bench.log.signals.value.compactMap { signal -> String? in
            guard case .step(_, "customer", _, "order 1", let result) = signal else { return nil }
            return result
        }
        #expect(results == ["C-1"])
    }

    private static let fingerprint = Fingerprint(key: .customer, digest: [1])

    @Test("what was carried before goes no further, and what differs from it does")
    func echo() async throws {
        try await bench.attempt(1).carried(Self.fingerprint)
        await #expect {
            try await bench.attempt(2).refuseEcho(Self.fingerprint)
        } throws: { error in
            (error as? Verdict)?.disposition == .skip && (error as? Verdict)?.reason.code == "unchanged"
        }
        try await bench.attempt(2).refuseEcho(Fingerprint(key: .customer, digest: [2]))
        try await bench.attempt(2).refuseEcho(
            Fingerprint(key: LinkKey(kind: "customer", scope: "dat", key: "jane@example.com"), digest: [1]))
    }

    @Test("a delivery is no echo of itself: what it has carried does not end its next attempt")
    func ownFingerprint() async throws {
        let first = try await bench.attempt()
        try await first.carried(Self.fingerprint)
        try await first.refuseEcho(Self.fingerprint)
        try await bench.attempt().refuseEcho(Self.fingerprint)
    }

    @Test("a person's patch is at hand where its step writes, and nowhere else")
    func patches() async throws {
        var claim = try await bench.attempt().claim
        claim.event.patches = ["customer": [1], "write back": [2]]
        let steps = Steps(
            claim: claim, history: [], memory: bench.store, links: bench.store, locks: bench.locks,
            clock: bench.clock, observer: bench.log)
        _ = try await steps.ensure("customer", link: .customer) {
            #expect(RecordPatch.current == nil)
            return nil
        } create: {
            #expect(RecordPatch.current == [1])
            return "C-1"
        }
        try await steps.ensure("header") {
            nil
        } create: {
            #expect(RecordPatch.current == nil)
            return "SO-1"
        }
        try await steps.once("write back") { #expect(RecordPatch.current == [2]) }
        #expect(RecordPatch.current == nil)
    }

    @Test(
        "a patchable step is known by its name, or by its name and number",
        arguments: [
            ("header", "header", true), ("header", "headers", false), ("header", "", false),
            ("line #", "line 1", true), ("line #", "line 12", true), ("line #", "line #", false),
            ("line #", "line 0", false), ("line #", "line 01", false), ("line #", "line +1", false),
            ("line #", "line ", false), ("line #", "line 1 ", false),
        ])
    func patchable(_ name: String, _ step: String, _ matches: Bool) {
        #expect(PatchableStep(name, keys: []).matches(step) == matches)
    }
}
