import HTTPServer
import HTTPTypes
import Relay

/// What is known of a business key, what people did, and what is missing.
struct TraceRoutes: Sendable {
    /// Events of one trace.
    static let eventLimit = 200

    let store: any OperatorStore

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/trace") { request, _ in try await trace(request) }
        door.on(.get, "/acts") { request, _ in try await acts(request) }
        door.on(.get, "/gaps") { _, _ in
            OperatorJSON.response(GapsJSON(gaps: try await store.gaps().map(GapJSON.init)))
        }
    }

    private func trace(_ request: Request) async throws -> Response {
        let names = SearchKey.Kind.allCases.map(\.rawValue)
        let query = try QueryParameters(request.query, known: Set(names))
        let keys = SearchKey.Kind.allCases.compactMap { kind in query[kind.rawValue].map { SearchKey(kind, $0) } }
        guard let key = keys.first, keys.count == 1, OperatorOrder.isUsable(key.value, OperatorOrder.textLimit)
        else {
            throw Problem.invalidParameter(
                "query", found: request.query ?? "",
                expected: "one of \(names.joined(separator: ", ")) with a value: order=000000042")
        }
        let events = try await store.trace(key, limit: Self.eventLimit)
        var traced: [TracedEventJSON] = []
        for event in events {
            let acts = try await store.acts(on: event.event.id, before: nil, limit: Self.eventLimit)
            traced.append(TracedEventJSON(event: EventJSON(event), acts: acts.reversed().map(ActJSON.init)))
        }
        return OperatorJSON.response(
            TraceJSON(
                kind: key.kind.rawValue, key: key.value, events: traced, isCut: events.count == Self.eventLimit))
    }

    private func acts(_ request: Request) async throws -> Response {
        let query = try QueryParameters(request.query, known: ["event", "before", "limit"])
        let event = try query.value("event", expected: "an event's id") { Int64($0).map { EventID($0) } }
        let before = try query.value("before", expected: "an act's id") { Int64($0) }
        let limit = try query.limit(default: 50)
        let acts = try await store.acts(on: event, before: before, limit: limit)
        return OperatorJSON.response(
            ActsJSON(acts: acts.map(ActJSON.init), next: acts.count == limit ? acts.last?.id : nil))
    }
}

private struct TraceJSON: Encodable {
    var kind: String
    var key: String
    /// Oldest first.
    var events: [TracedEventJSON]
    /// There may be more.
    var isCut: Bool
}

private struct TracedEventJSON: Encodable {
    var event: EventJSON
    /// What people did to it, oldest first.
    var acts: [ActJSON]
}

private struct ActsJSON: Encodable {
    var acts: [ActJSON]
    /// `before` of the next page.
    var next: Int64?
}

private struct ActJSON: Encodable {
    var id: Int64
    var at: String
    var by: String
    var verb: String
    var target: String
    var event: EventID?
    var why: String

    init(_ recorded: RecordedAct) {
        id = recorded.id
        at = recorded.act.at.iso8601
        by = recorded.act.by
        verb = recorded.verb
        target = recorded.target
        event = recorded.event
        why = recorded.act.why
    }
}

private struct GapsJSON: Encodable {
    var gaps: [GapJSON]
}

private struct GapJSON: Encodable {
    var stream: String
    var first: Int64
    var last: Int64
    var seenAt: String

    init(_ gap: StreamGap) {
        stream = gap.stream
        first = gap.numbers.lowerBound
        last = gap.numbers.upperBound
        seenAt = gap.seenAt.iso8601
    }
}
