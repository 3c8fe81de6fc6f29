/// Lets `burst` requests through at once and `perSecond` in the long run. A pure value: time is given.
///
/// A bucket is one number, the instant at which it will be full again (the generic cell rate algorithm, ITU-T I.371
/// Annex A): each request moves it on by the time that one token takes to come.
struct TokenBucket: Equatable {
    /// Monotonic nanoseconds; in the past means full.
    private(set) var fullAt: UInt64 = 0

    struct Rate: Equatable {
        /// Nanoseconds that one token takes.
        let interval: UInt64
        /// Nanoseconds that an empty bucket takes to be full.
        let capacity: UInt64

        init(_ rate: RequestRate) {
            interval = 1_000_000_000 / UInt64(min(max(rate.perSecond, 1), 1_000_000))
            capacity = interval * UInt64(min(max(rate.burst, 1), 1_000_000))
        }
    }

    /// Takes one token.
    /// - Returns: `nil` if there was one, otherwise the nanoseconds until there will be; nothing is taken then.
    mutating func take(_ rate: Rate, at now: UInt64) -> UInt64? {
        let next = max(fullAt, now) + rate.interval
        guard next - now <= rate.capacity else { return next - now - rate.capacity }
        fullAt = next
        return nil
    }
}
