import Foundation
import HTTPServer
import HTTPTypes
import Relay

/// JSON of the operator API: keys sorted, times in ISO 8601 UTC with milliseconds, durations in milliseconds.
enum OperatorJSON {
    static func response(_ value: some Encodable, status: HTTPResponse.Status = .ok) -> Response {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let data = try? encoder.encode(value) else {
            return .json(Array("null".utf8), status: .internalServerError)
        }
        return .json(Array(data), status: status)
    }

    /// - Returns: `nil` for an empty body.
    static func read<Value: Decodable>(_ type: Value.Type, _ body: [UInt8], expected: String) throws(Problem)
        -> Value?
    {
        guard !body.isEmpty else { return nil }
        guard (try? JSONSerialization.jsonObject(with: Data(body), options: .fragmentsAllowed)) != nil else {
            throw .malformedJSON("The body is not JSON. Expected \(expected).")
        }
        guard let value = try? JSONDecoder().decode(type, from: Data(body)) else {
            throw .unusableBody("The body has another shape. Expected \(expected).")
        }
        return value
    }
}

struct LanesJSON: Encodable {
    var lanes: [LaneJSON]
    var destinations: [DestinationJSON]
}

struct EventsJSON: Encodable {
    var events: [EventJSON]
    /// `before` of the next page.
    var next: Int64?
}

/// What a replay or a skip changed.
struct ChangedJSON: Encodable {
    var event: EventID
    var deliveries: [DeliveryID]
}

struct EventJSON: Encodable {
    var id: EventID
    var source: String
    var kind: String
    var subject: String
    var receivedAt: String
    var bytes: Int
    var deliveries: [DeliveryJSON]

    init(_ event: EventOverview) {
        id = event.id
        source = event.source
        kind = event.kind
        subject = event.subject
        receivedAt = event.receivedAt.iso8601
        bytes = event.bytes
        deliveries = event.deliveries.map { DeliveryJSON($0) }
    }
}

struct DeliveryJSON: Encodable {
    var id: DeliveryID
    var flow: String
    var lane: String
    var state: DeliveryState
    var attempt: Int
    var failures: Int
    var dueAt: String
    var finishedAt: String?
    var summary: String?
    var reason: Reason?
    /// Only in the detail of an event.
    var steps: [StepJSON]?
    var attempts: [AttemptJSON]?

    init(_ delivery: DeliveryOverview, steps: [StepJSON]? = nil, attempts: [AttemptJSON]? = nil) {
        id = delivery.id
        flow = delivery.flow
        lane = delivery.lane
        state = delivery.state
        attempt = delivery.attempt
        failures = delivery.failures
        dueAt = delivery.dueAt.iso8601
        finishedAt = delivery.finishedAt?.iso8601
        summary = delivery.summary
        reason = delivery.reason
        self.steps = steps
        self.attempts = attempts
    }
}
