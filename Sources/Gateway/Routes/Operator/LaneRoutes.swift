import HTTPServer
import HTTPTypes
import Relay

/// Lanes, and a person's hand on them. A lane's name is its place: `/lanes/dynamics/OrderToSalesOrder/pause`; a
/// destination alone means all of its lanes: `/lanes/dynamics/pause`.
struct LaneRoutes: Sendable {
    /// How far ahead a pause may end.
    static let longestPause = Duration.seconds(366 * 86_400)

    let store: any OperatorStore
    let dispatcher: Dispatcher
    let clock: any WallClock

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/lanes") { _, _ in try await lanes() }
        for pattern in ["/lanes/{destination}", "/lanes/{destination}/{flow}"] {
            door.on(.post, pattern + "/pause") { try await pause($0, try lane($1)) }
            door.on(.post, pattern + "/resume") { try await resume($0, try lane($1)) }
        }
    }

    private func lanes() async throws -> Response {
        let now = clock.now()
        let standings = dispatcher.standingsNow
        let lanes = try await store.everyLane(now: now).map {
            LaneJSON($0, standings.lane($0.lane), now: now, showsReason: true)
        }
        let destinations = standings.destinations.map {
            DestinationJSON(destination: $0.name, standing: DestinationStandingJSON($0, showsReason: true))
        }
        let pauses = try await store.pauses().filter { $0.until.map { $0 > now } ?? true }
        return OperatorJSON.response(
            LanesJSON(lanes: lanes, destinations: destinations, pauses: pauses.map(PauseJSON.init)))
    }

    private func pause(_ request: Request, _ lane: String) async throws -> Response {
        let now = clock.now()
        var order = try OperatorOrder(request)
        let act = try order.act(at: now)
        let until = try order.moment("until") { Moment.future($0, now: now) }
        try order.finish()
        if let until, until <= now || until > now + Self.longestPause {
            throw Problem.unusableBody("until: found \(until.iso8601), expected a time within the next 366 days.")
        }
        let pause = LanePause(lane: lane, since: now, until: until, by: act.by, why: act.why)
        try await dispatcher.pause(pause)
        return OperatorJSON.response(PauseJSON(pause))
    }

    private func resume(_ request: Request, _ lane: String) async throws -> Response {
        var order = try OperatorOrder(request)
        let act = try order.act(at: clock.now())
        try order.finish()
        let wasPaused = try await dispatcher.resume(lane, act: act)
        return OperatorJSON.response(ResumedJSON(lane: lane, wasPaused: wasPaused))
    }

    private func lane(_ parameters: PathParameters) throws(Problem) -> String {
        let name = [parameters["destination"], parameters["flow"]].filter { !$0.isEmpty }.joined(separator: "/")
        guard dispatcher.hasLane(name) else {
            throw .unknownLane(name, known: dispatcher.standings.map(\.lane))
        }
        return name
    }
}

struct PauseJSON: Codable {
    var lane: String
    var since: String
    var until: String?
    var by: String
    var why: String

    init(_ pause: LanePause) {
        lane = pause.lane
        since = pause.since.iso8601
        until = pause.until?.iso8601
        by = pause.by
        why = pause.why
    }
}

private struct ResumedJSON: Encodable {
    var lane: String
    var wasPaused: Bool
}
