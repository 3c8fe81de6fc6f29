/// How much one destination is asked to bear, and when it is left alone.
public struct DestinationSettings: Sendable, Equatable {
    /// Calls under way at the same time, at most. A 429 halves what is used of it; successes bring it back.
    public var concurrency: Int
    /// Calls started per second; `nil` is no limit.
    public var callsPerSecond: Int?
    /// A longer `Retry-After` counts as this one.
    public var longestRetryAfter: Duration
    public var breaker: Breaker
    /// How long a call waits for its turn before it is given up as held.
    public var longestQueueWait: Duration
    /// A shorter wait for the destination is waited out within the call; for a longer one the call is given up.
    public var shortHold: Duration

    public struct Breaker: Sendable, Equatable {
        /// Failures in a row, with no success between them, that open it.
        public var failures: Int
        /// How long it stays open the first time; each further time in a row twice as long.
        public var coolDown: Duration
        public var longestCoolDown: Duration

        public init(
            failures: Int = 5, coolDown: Duration = .seconds(5), longestCoolDown: Duration = .seconds(300)
        ) {
            self.failures = failures
            self.coolDown = coolDown
            self.longestCoolDown = longestCoolDown
        }
    }

    public init(
        concurrency: Int = 32, callsPerSecond: Int? = nil, longestRetryAfter: Duration = .seconds(3600),
        breaker: Breaker = Breaker(), longestQueueWait: Duration = .seconds(60), shortHold: Duration = .seconds(2)
    ) {
        self.concurrency = concurrency
        self.callsPerSecond = callsPerSecond
        self.longestRetryAfter = longestRetryAfter
        self.breaker = breaker
        self.longestQueueWait = longestQueueWait
        self.shortHold = shortHold
    }
}
