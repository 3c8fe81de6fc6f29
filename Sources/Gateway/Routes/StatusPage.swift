import Relay

/// The answer of `/status`.
struct StatusPage: Encodable {
    struct Destination: Encodable {
        var destination: String
        var standing: DestinationStandingJSON?
        var lastSuccessAt: String?
        var lastFailureAt: String?
        var lastFailureCode: String?
        var lastFailure: String?
    }

    var name = "causeway"
    var version = Version.current
    var startedAt: String
    var uptimeSeconds: Int64
    var ready: Bool
    var problems: [String]
    /// Deliveries that are not finished and not parked.
    var backlog: Int
    var parked: Int
    var oldestSeconds: Double
    var lanes: [LaneJSON]
    var destinations: [Destination]
    /// Sources that are asked for messages; the others send them.
    var sources: [SourceJSON] = []
    /// From an order's placing to its sales order.
    var orderToSalesOrder: OrderTimesJSON?
    var syntheticOrder: SyntheticOrderJSON?

    init(
        lanes: [LaneOverview], standings: Standings, report: Readiness.Report, startedAt: Timestamp, now: Timestamp,
        showsReasons: Bool
    ) {
        self.startedAt = startedAt.iso8601
        uptimeSeconds = (now - startedAt).components.seconds
        ready = report.isReady
        problems = report.problems
        let states: [DeliveryState] = [.ready, .running, .waiting]
        backlog = lanes.reduce(0) { sum, lane in sum + states.reduce(0) { $0 + (lane.counts[$1.rawValue] ?? 0) } }
        parked = lanes.reduce(0) { $0 + ($1.counts[DeliveryState.parked.rawValue] ?? 0) }
        oldestSeconds = lanes.map { $0.oldestSeconds(at: now) }.max() ?? 0
        self.lanes = lanes.map { LaneJSON($0, standings.lane($0.lane), now: now, showsReason: showsReasons) }
        destinations = Dictionary(grouping: lanes) { String($0.lane.prefix { $0 != "/" }) }
            .sorted { $0.key < $1.key }
            .map { name, lanes in
                var destination = Self.destination(name, lanes, showsReasons)
                destination.standing = standings.destination(name).map {
                    DestinationStandingJSON($0, showsReason: showsReasons)
                }
                return destination
            }
    }

    private static func destination(_ name: String, _ lanes: [LaneOverview], _ showsReasons: Bool) -> Destination {
        let failed = lanes.filter { $0.lastFailureAt != nil }
            .max { ($0.lastFailureAt?.millisecondsSince1970 ?? 0) < ($1.lastFailureAt?.millisecondsSince1970 ?? 0) }
        return Destination(
            destination: name, lastSuccessAt: lanes.compactMap(\.lastDoneAt).max()?.iso8601,
            lastFailureAt: failed?.lastFailureAt?.iso8601, lastFailureCode: failed?.lastFailure?.code,
            lastFailure: showsReasons ? failed?.lastFailure?.description : nil)
    }
}

/// A lane as `/status` and the operator API show it.
struct LaneJSON: Codable {
    var lane: String
    /// Every state, also those that nothing is in.
    var counts: [String: Int]
    var oldestSeconds: Double
    var oldestWaitingSince: String?
    var lastDoneAt: String?
    var lastFailureAt: String?
    var lastFailureCode: String?
    var lastFailure: Reason?
    /// How it works now; left out for lanes that this version does not serve.
    var standing: LaneStandingJSON?

    init(_ overview: LaneOverview, _ standing: LaneStanding?, now: Timestamp, showsReason: Bool) {
        self.standing = standing.map { LaneStandingJSON($0, showsReason: showsReason) }
        lane = overview.lane
        counts = Dictionary(uniqueKeysWithValues: DeliveryState.allCases.map { ($0.rawValue, 0) })
            .merging(overview.counts) { $1 }
        oldestSeconds = overview.oldestSeconds(at: now)
        oldestWaitingSince = overview.oldestWaitingSince?.iso8601
        lastDoneAt = overview.lastDoneAt?.iso8601
        lastFailureAt = overview.lastFailureAt?.iso8601
        lastFailureCode = overview.lastFailure?.code
        lastFailure = showsReason ? overview.lastFailure : nil
    }
}
