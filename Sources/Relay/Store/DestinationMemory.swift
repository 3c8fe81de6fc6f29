/// For the pauses that destinations ask for by `Retry-After`: a promise that a restart does not end.
public protocol DestinationMemory: Sendable {
    /// One for each destination, those that are over included.
    func holds() async throws -> [DestinationHold]
    /// Takes the place of what was remembered of the same destination.
    func remember(_ hold: DestinationHold) async throws
}

/// No call leaves to the destination for as long as it has asked for.
public struct DestinationHold: Sendable, Equatable {
    /// `dynamics`
    public var destination: String
    /// By the wall clock.
    public var since: Timestamp
    /// By the clock that never jumps, which only processes of the same boot can compare; see `WallClock.boot`.
    public var sinceUptime: Duration
    public var boot: String?
    /// From then on, in milliseconds.
    public var wait: Duration

    public init(destination: String, since: Timestamp, sinceUptime: Duration, boot: String?, wait: Duration) {
        self.destination = destination
        self.since = since
        self.sinceUptime = sinceUptime
        self.boot = boot
        self.wait = wait
    }

    /// What is left of it; zero or less if it is over. Never more than what was asked for, wherever the clock was
    /// set to meanwhile.
    func left(_ clock: any WallClock) -> Duration {
        let isSameBoot = boot != nil && boot == clock.boot
        let passed = isSameBoot ? clock.uptime() - sinceUptime : clock.now() - since
        return wait - max(.zero, passed)
    }
}
