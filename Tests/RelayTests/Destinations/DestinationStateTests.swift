import Testing

@testable import Relay

@Suite("Breaker and limits of a destination")
struct DestinationStateTests {
    /// What happens next to a destination.
    enum Input: Sendable {
        /// A call that comes back at once.
        case answered
        case failed
        case throttled(retryAfter: Int)
        case unavailable(retryAfter: Int)
        /// No answer to a call for this delivery.
        case unanswered(Int64)
        /// The platform's own 500, over the record of this delivery.
        case crashed(Int64)
        case inconclusive
        /// A call for a token.
        case signIn(CallResult)
        /// What a flow found out.
        case signInRefused
        case seconds(Int)
    }

    struct Bench {
        var state: DestinationState
        var now = Duration.seconds(100)

        init(_ settings: DestinationSettings = DestinationStateTests.settings) { state = DestinationState(settings) }

        /// - Returns: `nil` if no call may leave.
        mutating func begin(_ role: CallRole = .work, for delivery: Int64 = 1) -> CallPermit? {
            guard case .go(let permit) = state.admit(role, for: DeliveryID(delivery), at: now) else { return nil }
            return permit
        }

        mutating func mustBegin() throws -> CallPermit {
            let permit = begin()
            return try #require(permit)
        }

        mutating func call(_ result: CallResult, _ role: CallRole = .work, for delivery: Int64 = 1) {
            guard let permit = begin(role, for: delivery) else { return }
            state.finished(permit, result, at: now)
        }

        mutating func take(_ input: Input) {
            switch input {
            case .answered: call(.answered)
            case .failed: call(DestinationStateTests.outage)
            case .throttled(let seconds):
                call(.failed(.throttled, DestinationStateTests.reason, retryAfter: .seconds(seconds)))
            case .unavailable(let seconds):
                call(.failed(.unavailable, DestinationStateTests.reason, retryAfter: .seconds(seconds)))
            case .unanswered(let delivery):
                call(.failed(.timeout, DestinationStateTests.reason, retryAfter: nil), for: delivery)
            case .crashed(let delivery):
                call(.failed(.serverError, DestinationStateTests.reason, retryAfter: nil), for: delivery)
            case .inconclusive: call(.inconclusive)
            case .signIn(let result): call(result, .signIn)
            case .signInRefused: state.signInRefused(DestinationStateTests.reason, at: now)
            case .seconds(let seconds): now += .seconds(seconds)
            }
        }
    }

    static let reason = Reason(code: "away", message: "Away.")
    static let outage = CallResult.failed(.network, reason, retryAfter: nil)
    static let settings = DestinationSettings(
        concurrency: 4, longestRetryAfter: .seconds(60),
        breaker: .init(failures: 3, coolDown: .seconds(10), longestCoolDown: .seconds(30)), shortHold: .seconds(2))

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let inputs: [Input]
        let circuit: DestinationState.Circuit
        /// For how long no call leaves.
        var hold: Duration?
        var limit = 4

        init(
            _ name: String, _ inputs: [Input], _ circuit: DestinationState.Circuit, hold: Int? = nil, limit: Int = 4
        ) {
            testDescription = name
            self.inputs = inputs
            self.circuit = circuit
            self.hold = hold.map { .seconds($0) }
            self.limit = limit
        }
    }

    static func open(_ seconds: Int) -> DestinationState.Circuit { .open(until: .seconds(100 + seconds)) }
    static let opened = [Input](repeating: .failed, count: 3)
    static let crashedOpen: [Input] = [.crashed(1), .crashed(2), .crashed(3)]

    @Test(
        "is closed, open or half-open, as the calls before say",
        arguments: [
            Row("new", [], .closed),
            Row("answers", [.answered, .answered], .closed),
            Row("fewer failures than it takes", [.failed, .failed], .closed),
            Row("failures with a success between them", [.failed, .failed, .answered, .failed, .failed], .closed),
            Row("failures in a row", opened, open(10), hold: 10, limit: 1),
            Row("a refused sign-in, at once", [.signInRefused], open(10), hold: 10, limit: 1),
            Row(
                "a refused sign-in while it is open", opened + [.seconds(5), .signInRefused], open(10), hold: 5,
                limit: 1),
            Row(
                "failures of the sign-in service", [.signIn(outage), .signIn(outage), .signIn(outage)], open(10),
                hold: 10, limit: 1),
            Row(
                "a token proves nothing", [.failed, .failed, .signIn(.answered), .failed], open(10), hold: 10,
                limit: 1),
            Row(
                "what tells nothing counts as nothing", [.failed, .failed, .inconclusive, .failed], open(10),
                hold: 10, limit: 1),
            Row("a single delivery that gets no answer", [Input](repeating: .unanswered(7), count: 50), .closed),
            Row(
                "several deliveries that get no answer", [.unanswered(7), .unanswered(7), .unanswered(8)], open(10),
                hold: 10, limit: 1),
            Row(
                "a delivery without an answer, and no connection", [.unanswered(7), .unanswered(7), .failed],
                open(10), hold: 10, limit: 1),
            Row(
                "answers between those without",
                [.unanswered(7), .unanswered(8), .answered, .unanswered(7), .unanswered(7), .unanswered(7)], .closed),
            Row("a probe without an answer", opened + [.seconds(10), .unanswered(7)], open(30), hold: 20, limit: 1),
            Row("a single record that crashes it", [Input](repeating: .crashed(7), count: 50), .closed),
            Row(
                "records that crash it, and others that do not", [.crashed(1), .crashed(2), .answered, .crashed(3)],
                .closed),
            Row("nothing but crashes over different records", crashedOpen, open(10), hold: 10, limit: 1),
            Row("crashes and failures are counted apart", [.crashed(1), .crashed(2), .failed, .failed], .closed),
            Row("429 is an answer", [.failed, .failed, .throttled(retryAfter: 0), .failed], .closed, limit: 2),
            Row("cooling down", opened + [.seconds(9), .answered], open(10), hold: 1, limit: 1),
            Row("a probe that is answered", opened + [.seconds(10), .answered], .closed, limit: 2),
            Row(
                "a probe that fails doubles the cool-down", opened + [.seconds(10), .failed], open(30), hold: 20,
                limit: 1),
            Row(
                "up to a limit", opened + [.seconds(10), .failed, .seconds(20), .failed], open(60), hold: 30, limit: 1
            ),
            Row("a probe that tells nothing", opened + [.seconds(10), .inconclusive], .halfOpen, hold: 0, limit: 1),
            Row(
                "a probe that asks for a pause", opened + [.seconds(10), .throttled(retryAfter: 5)], .closed, hold: 5,
                limit: 1),
            Row(
                "a probe that gets a token first", opened + [.seconds(10), .signIn(.answered)], .halfOpen, hold: 0,
                limit: 1),
            Row(
                "a probe that gets no token", opened + [.seconds(10), .signIn(outage)], open(30), hold: 20, limit: 1),
            Row(
                "a probe that is let in no more", opened + [.seconds(10), .inconclusive, .signInRefused], open(30),
                hold: 20, limit: 1),
            Row(
                "back from an outage, a crash is an answer", opened + [.seconds(10), .crashed(1)], .closed, limit: 1),
            Row(
                "back from crashes, a crash is none", crashedOpen + [.seconds(10), .crashed(4)], open(30), hold: 20,
                limit: 1),
            Row(
                "out again soon after: the cool-down still grows",
                opened + [.seconds(10), .answered] + opened, open(30), hold: 20, limit: 1),
            Row(
                "out again after lasting success: the cool-down is short again",
                opened + [.seconds(10), .answered, .answered, .answered] + opened, open(20), hold: 10, limit: 1),
        ])
    func circuit(_ row: Row) {
        var bench = Bench()
        for input in row.inputs { bench.take(input) }
        #expect(bench.state.circuit == row.circuit)
        #expect(bench.state.hold(at: bench.now) == row.hold)
        #expect(bench.state.limit == row.limit)
    }

    @Test("while it is half-open, one call leaves, and all others are given up")
    func oneProbe() {
        var bench = Bench()
        for input in Self.opened + [.seconds(10)] { bench.take(input) }
        let probe = bench.begin()
        #expect(probe != nil)
        for _ in 0..<3 {
            guard case .refuse(let wait) = bench.state.admit(.work, for: nil, at: bench.now) else {
                return #expect(Bool(false), "a second call left")
            }
            #expect(wait == .seconds(10))
        }
        #expect(bench.state.capacity(at: bench.now) == 0)
    }

    @Test("calls that began before it opened neither close it nor take room afterwards")
    func stragglers() throws {
        var bench = Bench()
        let late = try bench.mustBegin()
        let hanging = try bench.mustBegin()
        for input in Self.opened { bench.take(input) }
        bench.state.finished(late, .answered, at: bench.now)
        #expect(bench.state.circuit == Self.open(10))
        bench.take(.seconds(10))
        #expect(bench.begin() != nil)
        bench.state.finished(hanging, Self.outage, at: bench.now)
        #expect(bench.state.circuit == .halfOpen)
        #expect(bench.state.inFlight == 1)
    }

    @Test("a probe that never comes back in time can be followed by the news of a later one, not of an earlier one")
    func successOfAnEarlierEra() throws {
        var bench = Bench()
        for input in Self.opened { bench.take(input) }
        bench.take(.seconds(10))
        let first = try bench.mustBegin()
        bench.take(.signInRefused)
        #expect(bench.state.circuit == Self.open(30))
        bench.state.finished(first, .answered, at: bench.now)
        #expect(bench.state.circuit == Self.open(30))
    }

    @Test("each change is told once, in order")
    func changes() {
        var bench = Bench()
        for input in Self.opened + [.seconds(10), .failed, .seconds(20), .answered] { bench.take(input) }
        #expect(
            bench.state.takeChanges() == [
                .opened(Self.reason, wait: .seconds(10)), .probing, .opened(Self.reason, wait: .seconds(20)),
                .probing, .closed,
            ])
        #expect(bench.state.takeChanges().isEmpty)
        #expect(bench.state.cause == nil)
        #expect(bench.state.tally.openings == 2)
    }

    @Test("counts what it let through and what came of it")
    func tally() {
        var bench = Bench()
        for input in [.answered, .throttled(retryAfter: 0), .failed, .failed, .failed, .answered] as [Input] {
            bench.take(input)
        }
        let tally = bench.state.tally
        #expect(tally.calls == 5)
        #expect(tally.failed == 4)
        #expect(tally.throttled == 1)
        #expect(tally.refused == 1)
        #expect(tally.openings == 1)
    }
}
