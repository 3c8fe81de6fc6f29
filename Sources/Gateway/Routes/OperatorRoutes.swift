import Foundation
import HTTPServer
import HTTPTypes
import Relay

/// `/operator/v1/…`: what an operator sees and does. Every route demands the token.
struct OperatorRoutes: Sendable {
    static let prefix = "/operator/v1"
    /// Events on one page, at most.
    static let pageLimit = 500
    /// Characters of a reason to skip, at most.
    static let reasonLimit = 1000

    let access: OperatorAccess
    let inspection: any Inspection
    let clock: any WallClock
    let standings: @Sendable () -> Standings
    /// Tells the dispatcher that deliveries were put back.
    let wakeAll: @Sendable () -> Void

    func add(to routes: inout RouteTable) {
        guard access.isOpen else { return }
        on(.get, "/lanes", in: &routes) { _, _ in try await lanes() }
        on(.get, "/events", in: &routes) { request, _ in try await events(request) }
        on(.get, "/events/{id}", in: &routes) { _, parameters in try await event(parameters) }
        on(.get, "/events/{id}/body", in: &routes) { _, parameters in try await body(parameters) }
        on(.post, "/events/{id}/replay", in: &routes) { try await replay($0, $1) }
        on(.post, "/events/{id}/skip", in: &routes) { try await skip($0, $1) }
    }

    private func on(
        _ method: HTTPRequest.Method, _ path: String, in routes: inout RouteTable,
        _ handler: @escaping Router.Handler
    ) {
        routes.on(method, Self.prefix + path) { request, parameters in
            try access.demand(of: request)
            do {
                return try await handler(request, parameters)
            } catch let fault as StoreFault {
                throw Problem.unreadable(fault)
            }
        }
    }

    private func lanes() async throws -> Response {
        let now = clock.now()
        let standings = standings()
        let lanes = try await inspection.everyLane(now: now).map {
            LaneJSON($0, standings.lane($0.lane), now: now, showsReason: true)
        }
        let destinations = standings.destinations.map {
            DestinationJSON(destination: $0.name, standing: DestinationStandingJSON($0, showsReason: true))
        }
        return OperatorJSON.response(LanesJSON(lanes: lanes, destinations: destinations))
    }

    private func events(_ request: Request) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["state", "subject", "kind", "before", "limit"])
        let states = DeliveryState.allCases.map(\.rawValue).joined(separator: ", ")
        var filter = EventFilter(subject: query["subject"], kind: query["kind"])
        filter.state = try query.value("state", expected: "one of \(states)", DeliveryState.init(rawValue:))
        filter.before = try query.value("before", expected: "an event's id") { Int64($0).map { EventID($0) } }
        filter.limit =
            try query.value("limit", expected: "a number from 1 to \(Self.pageLimit)") { text in
                Int(text).flatMap { (1...Self.pageLimit).contains($0) ? $0 : nil }
            } ?? filter.limit
        let events = try await inspection.events(matching: filter)
        return OperatorJSON.response(
            EventsJSON(
                events: events.map(EventJSON.init),
                // A full page may have a next one.
                next: events.count == filter.limit ? events.last?.id.rawValue : nil))
    }

    private func event(_ parameters: PathParameters) async throws -> Response {
        let id = try eventID(parameters)
        guard let detail = try await inspection.event(id) else { throw Problem.unknownEvent("\(id)") }
        return OperatorJSON.response(EventDetailJSON(detail))
    }

    private func body(_ parameters: PathParameters) async throws -> Response {
        let id = try eventID(parameters)
        guard let body = try await inspection.body(of: id) else { throw Problem.unknownEvent("\(id)") }
        // As bytes, whatever they are: a browser must not be led to run them.
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"event-\(id).json\"",
            ], body: body)
    }

    private func replay(_ request: Request, _ parameters: PathParameters) async throws -> Response {
        let id = try eventID(parameters)
        let order = try OperatorJSON.read(ReplayOrder.self, request.body, expected: #"{"all": true}, or nothing"#)
        guard try await inspection.event(id) != nil else { throw Problem.unknownEvent("\(id)") }
        let deliveries = try await inspection.replay(id, onlyParked: order?.all != true, at: clock.now())
        wakeAll()
        return OperatorJSON.response(ChangedJSON(event: id, deliveries: deliveries))
    }

    private func skip(_ request: Request, _ parameters: PathParameters) async throws -> Response {
        let id = try eventID(parameters)
        let expected = #"{"reason": "…"} of 1 to \#(Self.reasonLimit) characters"#
        let reason = try OperatorJSON.read(SkipOrder.self, request.body, expected: expected)?.reason ?? ""
        guard (1...Self.reasonLimit).contains(reason.count) else {
            throw Problem.unusableBody("reason: found \(reason.count) characters, expected \(expected).")
        }
        guard try await inspection.event(id) != nil else { throw Problem.unknownEvent("\(id)") }
        let deliveries = try await inspection.skip(
            id, Reason(code: "skipped-by-operator", message: reason), at: clock.now())
        wakeAll()
        return OperatorJSON.response(ChangedJSON(event: id, deliveries: deliveries))
    }

    private func eventID(_ parameters: PathParameters) throws(Problem) -> EventID {
        guard let id = Int64(parameters["id"]), id > 0 else { throw .unknownEvent(parameters["id"]) }
        return EventID(id)
    }
}

private struct ReplayOrder: Decodable {
    var all: Bool?
}

private struct SkipOrder: Decodable {
    var reason: String?
}
