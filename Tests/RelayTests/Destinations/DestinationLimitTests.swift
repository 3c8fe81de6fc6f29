import Testing

@testable import Relay

@Suite("How many calls a destination gets")
struct DestinationLimitTests {
    typealias Bench = DestinationStateTests.Bench

    private func bench(_ concurrency: Int = 8, perSecond: Int? = nil) -> Bench {
        var settings = DestinationStateTests.settings
        settings.concurrency = concurrency
        settings.callsPerSecond = perSecond
        return Bench(settings)
    }

    @Test("calls at the same time are bounded; one that ends makes room for the next")
    func concurrency() throws {
        var bench = bench(2)
        let first = try bench.mustBegin()
        #expect(bench.begin() != nil)
        #expect(bench.begin() == nil)
        bench.state.finished(first, .answered, at: bench.now)
        #expect(bench.begin() != nil)
    }

    @Test("a call for a token waits for no other call")
    func signIn() {
        var bench = bench(1)
        #expect(bench.begin() != nil)
        #expect(bench.begin(.signIn) != nil)
    }

    @Test("one jam halves the limit once, however many calls ran into it", arguments: [(8, 4), (5, 2), (1, 1)])
    func halves(from concurrency: Int, to limit: Int) {
        var bench = bench(concurrency)
        let permits = (0..<concurrency).compactMap { _ in bench.begin() }
        let jam = CallResult.failed(.throttled, DestinationStateTests.reason, retryAfter: nil)
        for permit in permits { bench.state.finished(permit, jam, at: bench.now) }
        #expect(bench.state.limit == limit)
        #expect(bench.state.tally.throttled == concurrency)
        let lowered = bench.state.takeChanges().filter { if case .lowered = $0 { true } else { false } }
        #expect(lowered == (concurrency > 1 ? [.lowered(concurrency: limit)] : []))
    }

    @Test("the next jam halves it again, down to one call")
    func halvesAgain() {
        var bench = bench(8)
        for expected in [4, 2, 1, 1] {
            bench.take(.throttled(retryAfter: 0))
            #expect(bench.state.limit == expected)
        }
    }

    @Test("it grows by one for every limit's worth of successes, up to what is configured")
    func grows() {
        var bench = bench(4)
        for _ in 0..<2 { bench.take(.throttled(retryAfter: 0)) }
        let limits = (0..<12).map { _ in
            bench.take(.answered)
            return bench.state.limit
        }
        #expect(limits == [2, 2, 3, 3, 3, 4, 4, 4, 4, 4, 4, 4])
    }

    struct Pause: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let inputs: [DestinationStateTests.Input]
        let rest: Int?
    }

    @Test(
        "no call leaves before a wished-for pause is over, whoever was asked for it",
        arguments: [
            Pause(testDescription: "429", inputs: [.throttled(retryAfter: 7)], rest: 7),
            Pause(testDescription: "503", inputs: [.unavailable(retryAfter: 7)], rest: 7),
            Pause(
                testDescription: "a part of it has passed", inputs: [.throttled(retryAfter: 7), .seconds(3)], rest: 4),
            Pause(
                testDescription: "all of it has passed", inputs: [.throttled(retryAfter: 7), .seconds(7)], rest: nil),
            Pause(testDescription: "no pause at all", inputs: [.throttled(retryAfter: 0)], rest: nil),
            Pause(testDescription: "longer than is believed", inputs: [.throttled(retryAfter: 86_400)], rest: 60),
        ])
    func pauses(_ row: Pause) {
        var bench = bench()
        for input in row.inputs { bench.take(input) }
        #expect(bench.state.hold(at: bench.now) == row.rest.map { .seconds($0) })
        #expect((bench.begin() == nil) == (row.rest != nil))
    }

    @Test("the longest of several pauses counts, also one that a late call brings home")
    func longestPause() throws {
        var bench = bench()
        let late = try bench.mustBegin()
        bench.take(.throttled(retryAfter: 20))
        bench.state.finished(
            late, .failed(.throttled, DestinationStateTests.reason, retryAfter: .seconds(5)), at: bench.now)
        #expect(bench.state.hold(at: bench.now) == .seconds(20))
    }

    @Test("a pause that outlasts the cool-down is kept")
    func pauseOfAnOutage() {
        var bench = bench()
        for _ in 0..<3 {
            let permit = bench.begin()
            if let permit {
                bench.state.finished(permit, DestinationStateTests.outage, at: bench.now)
            }
        }
        let late = CallResult.failed(.throttled, DestinationStateTests.reason, retryAfter: .seconds(25))
        bench.state.finished(CallPermit(role: .work, delivery: nil, era: 0, jam: 0), late, at: bench.now)
        #expect(bench.state.hold(at: bench.now) == .seconds(25))
        bench.take(.seconds(11))
        #expect(bench.begin() == nil)
        bench.take(.seconds(14))
        #expect(bench.begin() != nil)
    }

    @Test("a short pause is waited out within the call, a longer one is not", arguments: [(2, true), (3, false)])
    func shortPause(seconds: Int, isWaitedFor: Bool) {
        var bench = bench()
        bench.take(.throttled(retryAfter: seconds))
        switch bench.state.admit(.work, for: nil, at: bench.now) {
        case .wait(let until): #expect(isWaitedFor && until == bench.now + .seconds(seconds))
        case .refuse(let wait): #expect(!isWaitedFor && wait == .seconds(seconds))
        case .go: #expect(Bool(false), "the call left")
        }
    }

    @Test(
        "calls per second are spread evenly, with a tenth of a second's worth at once", arguments: [1, 5, 50, 1000])
    func pace(perSecond: Int) {
        var bench = bench(10_000, perSecond: perSecond)
        var calls = 0
        let start = bench.now
        while bench.now < start + .seconds(10) {
            while bench.begin() != nil { calls += 1 }
            bench.now += .milliseconds(1)
        }
        #expect((10 * perSecond...10 * perSecond + max(1, perSecond / 10)).contains(calls))
    }

    @Test("a call that is early learns when its turn is")
    func paceTells() {
        var bench = bench(perSecond: 2)
        #expect(bench.begin() != nil)
        guard case .wait(let until) = bench.state.admit(.work, for: nil, at: bench.now) else {
            return #expect(Bool(false), "too many calls")
        }
        #expect(until == bench.now + .milliseconds(500))
    }

    @Test("what was not used of the pace is not saved up")
    func paceDoesNotSave() {
        var bench = bench(perSecond: 1)
        bench.take(.seconds(3600))
        #expect(bench.begin() != nil)
        #expect(bench.begin() == nil)
    }
}
