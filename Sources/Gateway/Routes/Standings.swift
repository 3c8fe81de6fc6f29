import Relay

/// How lanes and destinations stand at one moment.
struct Standings: Sendable {
    var lanes: [LaneStanding] = []
    var destinations: [DestinationOverview] = []

    func lane(_ name: String) -> LaneStanding? { lanes.first { $0.lane == name } }
    func destination(_ name: String) -> DestinationOverview? { destinations.first { $0.name == name } }
}

extension Dispatcher {
    var standingsNow: Standings { Standings(lanes: standings, destinations: destinationOverviews) }
}

/// What a lane does now.
struct LaneStandingJSON: Codable {
    enum State: String, Codable, CaseIterable {
        case working
        /// By a person.
        case paused
        /// By a window of the configuration.
        case scheduled
        /// The destination takes no calls.
        case held
        /// Configured to collect only.
        case collecting
    }

    var state: State
    /// Deliveries at work at the same time, as configured.
    var concurrency: Int
    var running: Int
    /// When it goes on by itself.
    var until: String?
    var since: String?
    var by: String?
    /// For holders of the operator token.
    var why: String?

    init(_ standing: LaneStanding, showsReason: Bool) {
        concurrency = standing.concurrency
        running = standing.running
        switch standing.stop {
        case nil: state = standing.concurrency > 0 ? .working : .collecting
        case .scheduled(let moment):
            state = .scheduled
            until = moment?.iso8601
        case .held(let moment):
            state = .held
            until = moment.iso8601
        case .paused(let pause):
            state = .paused
            until = pause.until?.iso8601
            since = pause.since.iso8601
            guard showsReason else { return }
            by = pause.by
            why = pause.why
        }
    }
}

struct DestinationJSON: Codable {
    var destination: String
    var standing: DestinationStandingJSON
}

/// What a destination takes now.
struct DestinationStandingJSON: Codable {
    var breaker: String
    var reasonCode: String?
    /// For holders of the operator token.
    var reason: Reason?
    var heldUntil: String?
    var limit: Int
    var concurrency: Int
    var inFlight: Int
    var waiting: Int
    var calls: Int
    var throttled: Int

    init(_ overview: DestinationOverview, showsReason: Bool) {
        breaker = overview.breaker.rawValue
        reasonCode = overview.reason?.code
        reason = showsReason ? overview.reason : nil
        heldUntil = overview.heldUntil?.iso8601
        limit = overview.limit
        concurrency = overview.concurrency
        inFlight = overview.inFlight
        waiting = overview.waiting
        calls = overview.tally.calls
        throttled = overview.tally.throttled
    }
}
