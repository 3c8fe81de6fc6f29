import Relay
import SignIn
import Synchronization
import Testing

private struct Refused: Error, Equatable {}

/// A sign-in service that numbers its tokens, and can be told to refuse and to keep callers waiting.
private final class Service: Sendable {
    private struct State {
        var asked = 0
        var refusals = 0
    }

    private let state = Mutex(State())
    private let life: Duration

    init(life: Duration = .seconds(3600), refusals: Int = 0) {
        self.life = life
        state.withLock { $0.refusals = refusals }
    }

    var asked: Int { state.withLock { $0.asked } }

    func issue() throws -> IssuedToken {
        try state.withLock { state in
            state.asked += 1
            guard state.refusals == 0 else {
                state.refusals -= 1
                throw Refused()
            }
            return IssuedToken(token: "T\(state.asked)", life: life)
        }
    }

    func shared(_ clock: ManualClock = ManualClock(), hold: Duration? = .seconds(10)) -> SharedToken {
        SharedToken(clock: clock) {
            try self.issue()
        } hold: { _ in
            hold
        }
    }
}

@Suite("One token for all callers", .timeLimit(.minutes(1)))
struct SharedTokenTests {
    @Test("Many callers at once cost one sign-in")
    func singleFlight() async throws {
        let service = Service()
        let shared = service.shared()
        let tokens = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<50 { group.addTask { try await shared.token() } }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(tokens == ["T1"])
        #expect(service.asked == 1)
    }

    @Test("A token is renewed 300 s before it ends, or at half a short life", arguments: [(3600, 3300), (60, 30)])
    func renewal(_ life: Int, _ renewedAfter: Int) async throws {
        let clock = ManualClock()
        let shared = Service(life: .seconds(life)).shared(clock)
        #expect(try await shared.token() == "T1")
        clock.advance(by: .seconds(renewedAfter - 1))
        #expect(try await shared.token() == "T1")
        clock.advance(by: .seconds(1))
        #expect(try await shared.token() == "T2")
    }

    @Test("A life of years is not believed")
    func longLife() async throws {
        let clock = ManualClock()
        let shared = Service(life: .seconds(1_000_000_000)).shared(clock)
        #expect(try await shared.token() == "T1")
        clock.advance(by: IssuedToken.longestLife)
        #expect(try await shared.token() == "T2")
    }

    @Test("A token that the server refused is asked for anew, once, whoever reports it")
    func invalidation() async throws {
        let service = Service()
        let shared = service.shared()
        #expect(try await shared.token() == "T1")
        await shared.invalidate("T1")
        #expect(try await shared.token() == "T2")
        await shared.invalidate("T1")
        #expect(try await shared.token() == "T2")
        #expect(service.asked == 2)
    }

    @Test("A refusal is repeated without asking while it holds, and asked about afterwards")
    func refusal() async throws {
        let clock = ManualClock()
        let service = Service(refusals: 1)
        let shared = service.shared(clock)
        for _ in 0..<3 {
            await #expect(throws: Refused.self) { try await shared.token() }
        }
        #expect(service.asked == 1)
        clock.advance(by: .seconds(10))
        #expect(try await shared.token() == "T2")
    }

    @Test("A failure that holds nothing back is asked about by the next caller")
    func failure() async throws {
        let shared = Service(refusals: 1).shared(hold: nil)
        await #expect(throws: Refused.self) { try await shared.token() }
        #expect(try await shared.token() == "T2")
    }
}
