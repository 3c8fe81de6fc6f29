import HTTPServer
import HTTPTypes
import Relay

/// Looking at events.
struct EventRoutes: Sendable {
    let store: any OperatorStore
    let clock: any WallClock

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/events") { request, _ in try await events(request) }
        door.on(.get, "/events/{id}") { _, parameters in try await event(parameters.eventID()) }
        door.on(.get, "/events/{id}/body") { _, parameters in try await body(parameters.eventID()) }
    }

    private static let filters: Set<String> = [
        "state", "subject", "kind", "flow", "lane", "reason", "since", "before", "limit",
    ]

    private func events(_ request: Request) async throws -> Response {
        let query = try QueryParameters(request.query, known: Self.filters)
        let states = DeliveryState.allCases.map(\.rawValue).joined(separator: ", ")
        let now = clock.now()
        var filter = EventFilter(subject: query["subject"], kind: query["kind"])
        filter.state = try query.value("state", expected: "one of \(states)", DeliveryState.init(rawValue:))
        filter.flow = query["flow"]
        filter.lane = query["lane"]
        filter.reasonCode = query["reason"]
        filter.since = try query.value("since", expected: Moment.expected) { Moment.past($0, now: now) }
        filter.before = try query.value("before", expected: "an event's id") { Int64($0).map { EventID($0) } }
        filter.limit = try query.limit(default: filter.limit)
        let events = try await store.events(matching: filter)
        return OperatorJSON.response(
            EventsJSON(
                events: events.map { EventJSON($0) },
                // A full page may have a next one.
                next: events.count == filter.limit ? events.last?.id.rawValue : nil))
    }

    private func event(_ id: EventID) async throws -> Response {
        guard let detail = try await store.event(id) else { throw Problem.unknownEvent("\(id)") }
        return OperatorJSON.response(EventJSON(detail))
    }

    private func body(_ id: EventID) async throws -> Response {
        guard let body = try await store.body(of: id) else {
            guard try await store.event(id) == nil else { throw Problem.refused(.bodyGone(id)) }
            throw Problem.unknownEvent("\(id)")
        }
        // As bytes, whatever they are: a browser must not be led to run them.
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .xContentTypeOptions: "nosniff",
                .contentDisposition: "attachment; filename=\"event-\(id).json\"",
            ], body: body)
    }
}
