import Relay
import Testing

@Suite("Retry schedule")
struct RetryScheduleTests {
    static let short = RetrySchedule(
        firstWait: .seconds(1), factor: 3, longestWait: .seconds(10), giveUpAfter: .seconds(24))

    @Test(
        "waits grow by the factor up to the longest wait, then the schedule is used up",
        arguments: [(1, 1), (2, 3), (3, 9), (4, 10), (5, 10), (6, nil), (7, nil), (1000, nil)] as [(Int, Int?)])
    func waitsInOrder(failures: Int, seconds: Int?) {
        let wait = Self.short.wait(failures: failures, retryAfter: nil, jitter: 0)
        #expect(wait == seconds.map { .seconds($0) })
    }

    @Test("the default schedule tries for at least 72 hours, in 30 waits of at most 4 hours")
    func defaultSchedule() {
        let schedule = RetrySchedule()
        let waits = (1...1000).prefix { schedule.wait(failures: $0, retryAfter: nil, jitter: 0) != nil }
            .compactMap { schedule.wait(failures: $0, retryAfter: nil, jitter: 0) }
        #expect(waits.count == 30)
        #expect(waits.first == .seconds(2))
        #expect(waits.max() == .seconds(4 * 3600))
        #expect(waits.reduce(.zero, +) >= .seconds(72 * 3600))
    }

    struct RetryAfter: CustomTestStringConvertible {
        let testDescription: String
        let retryAfter: Duration?
        var jitter = 0.0
        let wait: Duration
    }

    @Test(
        "a destination's Retry-After lengthens the wait, never shortens it, and is capped",
        arguments: [
            RetryAfter(testDescription: "none", retryAfter: nil, wait: .seconds(3)),
            RetryAfter(testDescription: "zero", retryAfter: .zero, wait: .seconds(3)),
            RetryAfter(testDescription: "negative", retryAfter: .seconds(-5), wait: .seconds(3)),
            RetryAfter(testDescription: "shorter", retryAfter: .seconds(1), wait: .seconds(3)),
            RetryAfter(testDescription: "longer", retryAfter: .seconds(7), wait: .seconds(7)),
            RetryAfter(
                testDescription: "longer, with jitter", retryAfter: .seconds(7), jitter: -1,
                wait: .milliseconds(8400)),
            RetryAfter(testDescription: "beyond the cap", retryAfter: .seconds(86400), wait: .seconds(10)),
            RetryAfter(
                testDescription: "beyond the cap, early jitter", retryAfter: .seconds(11), jitter: -1,
                wait: .seconds(10)),
            RetryAfter(testDescription: "absurd", retryAfter: .seconds(Int64.max), wait: .seconds(10)),
        ])
    func retryAfter(_ row: RetryAfter) {
        #expect(Self.short.wait(failures: 2, retryAfter: row.retryAfter, jitter: row.jitter) == row.wait)
    }

    @Test(
        "jitter moves a wait by up to a fifth either way and is clamped",
        arguments: [(-1.0, 8.0), (-0.5, 9.0), (0, 10), (0.5, 11), (1, 12), (-7, 8), (.infinity, 12)])
    func jitter(jitter: Double, seconds: Double) throws {
        let schedule = RetrySchedule(firstWait: .seconds(10))
        let wait = try #require(schedule.wait(failures: 1, retryAfter: nil, jitter: jitter))
        #expect(abs((wait - .seconds(seconds)) / .seconds(1)) < 1e-9)
    }

    @Test("a first wait beyond the longest wait is cut to it")
    func firstBeyondLongest() {
        let schedule = RetrySchedule(firstWait: .seconds(60), longestWait: .seconds(10))
        #expect(schedule.wait(failures: 1, retryAfter: nil, jitter: 0) == .seconds(10))
    }

    @Test("no failures, or a negative count, wait as after the first", arguments: [Int.min, -1, 0])
    func oddCounts(failures: Int) {
        #expect(Self.short.wait(failures: failures, retryAfter: nil, jitter: 0) == .seconds(1))
    }

    @Test("a factor of 1 keeps the wait constant until the schedule is used up")
    func constantWaits() {
        let schedule = RetrySchedule(firstWait: .seconds(5), factor: 1, giveUpAfter: .seconds(15))
        let waits = (1...4).map { schedule.wait(failures: $0, retryAfter: nil, jitter: 0) }
        #expect(waits == [.seconds(5), .seconds(5), .seconds(5), nil])
    }

    @Test("a schedule that gives up at once still tries a second time")
    func givesUpAtOnce() {
        let schedule = RetrySchedule(giveUpAfter: .zero)
        #expect(schedule.wait(failures: 1, retryAfter: nil, jitter: 0) != nil)
        #expect(schedule.wait(failures: 2, retryAfter: nil, jitter: 0) == nil)
    }

    @Test("extreme settings neither trap nor wait beyond the longest wait")
    func extremes() {
        let schedule = RetrySchedule(firstWait: .seconds(3600), factor: .max)
        #expect(schedule.wait(failures: 2, retryAfter: nil, jitter: 0) == schedule.longestWait)
    }

    @Test("a schedule without a wait ends too")
    func zeroWait() {
        let schedule = RetrySchedule(firstWait: .zero, giveUpAfter: .seconds(1))
        #expect(schedule.wait(failures: 1_000_000, retryAfter: nil, jitter: 0) == nil)
    }
}
