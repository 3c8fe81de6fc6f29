import Testing

@testable import HTTPServer

private let second: UInt64 = 1_000_000_000
private let start: UInt64 = 1000 * second

@Suite("Requests per second")
struct RateTests {
    private let rate = TokenBucket.Rate(RequestRate(perSecond: 10, burst: 3))

    @Test("a full bucket lets its burst through and says when the next token comes")
    func burst() {
        var bucket = TokenBucket()
        for _ in 0..<3 { #expect(bucket.take(rate, at: start) == nil) }
        #expect(bucket.take(rate, at: start) == second / 10)
        #expect(bucket.take(rate, at: start + second / 20) == second / 20)
        #expect(bucket.take(rate, at: start + second / 10) == nil)
        #expect(bucket.take(rate, at: start + second / 10) == second / 10)
    }

    @Test("what is refused costs nothing, and an idle bucket fills up to its burst and no further")
    func refill() {
        var bucket = TokenBucket()
        for _ in 0..<3 { _ = bucket.take(rate, at: start) }
        for _ in 0..<100 { #expect(bucket.take(rate, at: start) != nil) }
        for _ in 0..<3 { #expect(bucket.take(rate, at: start + 60 * second) == nil) }
        #expect(bucket.take(rate, at: start + 60 * second) != nil)
    }

    @Test("in the long run the rate is kept", arguments: [1, 7, 100, 1000, 1_000_000])
    func longRun(perSecond: Int) {
        let rate = TokenBucket.Rate(RequestRate(perSecond: perSecond, burst: 1))
        var bucket = TokenBucket()
        var now = start
        var passed = 0
        let steps = 20_000
        for _ in 0..<steps {
            if bucket.take(rate, at: now) == nil { passed += 1 }
            now += rate.interval / 4 + 1
        }
        #expect((steps / 4 - 1...steps / 4 + 1).contains(passed))
    }

    @Test("sources do not take each other's tokens")
    func sources() throws {
        let limiter = RateLimiter(RequestRate(perSecond: 1, burst: 1), maxSources: 64)
        let one = try #require(IPAddress("192.0.2.1"))
        let other = try #require(IPAddress("192.0.2.2"))
        #expect(limiter.take(one, at: start) == nil)
        #expect(limiter.take(one, at: start) == second)
        #expect(limiter.take(other, at: start) == nil)
    }

    @Test("a million sources take no more memory than the table has, and one that is empty stays known")
    func table() {
        var table = SourceTable(rate: rate, capacity: 64)
        #expect(table.capacity == 64)
        let greedy = IPAddress(four: 0xC000_0201)
        for _ in 0..<3 { #expect(table.take(greedy, hash: 0, at: start) == nil) }
        // All in one set, each with one token less than full: the greedy one is the last to be given up.
        for number in 0..<100_000 {
            _ = table.take(IPAddress(four: UInt32(number)), hash: 8 * number, at: start)
        }
        #expect(table.capacity == 64)
        #expect(table.take(greedy, hash: 0, at: start) != nil)
    }

    @Test("a source's connections are counted until they are gone")
    func census() throws {
        let census = ConnectionCensus(limit: 2)
        let source = try #require(IPAddress("192.0.2.1"))
        #expect(census.enter(source) && census.enter(source))
        #expect(!census.enter(source))
        census.leave(source)
        #expect(census.enter(source))
        for _ in 0..<3 { census.leave(source) }
        #expect(census.sourceCount == 0)
    }
}
