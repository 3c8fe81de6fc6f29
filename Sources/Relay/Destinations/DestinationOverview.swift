/// A destination as operators see it.
public struct DestinationOverview: Sendable, Equatable {
    public enum Breaker: String, Sendable, CaseIterable {
        case closed
        case open
        case halfOpen
    }

    public var name: String
    public var breaker: Breaker
    /// Why the breaker is not closed.
    public var reason: Reason?
    /// No call leaves before.
    public var heldUntil: Timestamp?
    /// Calls at the same time, now.
    public var limit: Int
    /// Calls at the same time, at most.
    public var concurrency: Int
    public var inFlight: Int
    /// Calls that wait for their turn.
    public var waiting: Int
    public var tally: DestinationTally

    init(name: String, _ state: DestinationState, waiting: Int, uptime: Duration, now: Timestamp) {
        self.name = name
        breaker =
            switch state.circuit {
            case .closed: .closed
            case .open: .open
            case .halfOpen: .halfOpen
            }
        reason = state.cause
        heldUntil = state.hold(at: uptime).flatMap { $0 > .zero ? now + $0 : nil }
        limit = state.limit
        concurrency = state.settings.concurrency
        inFlight = state.inFlight
        self.waiting = waiting
        tally = state.tally
    }
}
