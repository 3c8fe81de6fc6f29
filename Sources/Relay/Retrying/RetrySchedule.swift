/// When a failed delivery is tried again: exponential waits up to a cap, until a person has to look.
public struct RetrySchedule: Sendable, Equatable {
    /// The wait after the first failure; taken as 1 ms if it is shorter, since a schedule of no waits never ends.
    public var firstWait: Duration
    /// How much longer each wait is than the one before; at least 1.
    public var factor: Int
    /// No wait is longer, a destination's `Retry-After` included.
    public var longestWait: Duration
    /// The waits add up to at least this; the failure after the last wait parks the delivery.
    public var giveUpAfter: Duration

    /// A delivery that is held comes back no sooner, so that a destination that comes and goes makes no tight loop.
    var shortestHold: Duration { max(min(firstWait, .seconds(1)), .milliseconds(1)) }

    /// 2 s, 4 s, 8 s … up to 4 h, for 72 h in all (30 waits): a weekend of maintenance costs no order.
    public init(
        firstWait: Duration = .seconds(2), factor: Int = 2, longestWait: Duration = .seconds(4 * 3600),
        giveUpAfter: Duration = .seconds(72 * 3600)
    ) {
        self.firstWait = firstWait
        self.factor = factor
        self.longestWait = longestWait
        self.giveUpAfter = giveUpAfter
    }

    /// The wait before the next try, or `nil` when the schedule is used up.
    /// - Parameters:
    ///   - failures: Failed attempts so far, at least 1.
    ///   - retryAfter: What the destination asked for (RFC 9110 §10.2.3), as a duration from now. Lengthens the
    ///     wait, up to `longestWait`, and never shortens it.
    ///   - jitter: In `-1...1`; moves the wait by up to 20 % either way, so that records that failed together do
    ///     not return together. It never cuts into `retryAfter`.
    public func wait(failures: Int, retryAfter: Duration?, jitter: Double) -> Duration? {
        let factor = max(factor, 1)
        var wait = min(max(firstWait, .milliseconds(1)), longestWait)
        var total = Duration.zero
        for _ in 1..<max(failures, 1) {
            total += wait
            guard total < giveUpAfter else { return nil }
            // Compared by division, since the product of a long wait and a large factor has no representation.
            wait = wait < longestWait / factor ? wait * factor : longestWait
        }
        let spread = wait * (1 + 0.2 * min(max(jitter, -1), 1))
        let asked = min(retryAfter ?? .zero, longestWait)
        // Later than asked, never earlier: those that were all sent away together come back one after the other.
        return max(min(spread, longestWait), min(asked * (1 + 0.2 * abs(min(max(jitter, -1), 1))), longestWait))
    }
}
