/// What the relay tells whoever watches: logs, metrics, the demo. Holds no bodies and no secrets.
public enum RelaySignal: Sendable {
    case received(Receipt, source: String, kind: String, subject: String)
    case started(Claim)
    case step(Lease, name: String, event: EventID, subject: String, result: String)
    case finished(Claim, Outcome, took: Duration)
    case leaseLost(Lease)
    /// The process is stopping; the delivery is taken up again at the next start.
    case interrupted(Lease)
    /// The store refused the dispatcher something; it tries again.
    case storeTrouble(String)
    /// How a destination, `dynamics`, stands from now on.
    case destination(String, DestinationChange)
    /// The lane is paused from now on; `nil`: no longer.
    case lane(String, LaneStop?)
}

public protocol RelayObserver: Sendable {
    func notice(_ signal: RelaySignal)
}

public struct SilentObserver: RelayObserver {
    public init() {}
    public func notice(_ signal: RelaySignal) {}
}
