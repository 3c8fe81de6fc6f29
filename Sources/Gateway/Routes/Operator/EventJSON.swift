import Cryptography
import Foundation
import Relay

/// An event in lists, and with all that is known of it in `GET /operator/v1/events/{id}`.
struct EventJSON: Encodable {
    var id: EventID
    var source: String
    var kind: String
    var subject: String
    var receivedAt: String
    var bytes: Int
    var deliveries: [DeliveryJSON]
    /// From here on only in the detail. SHA-256 of the body, in hex.
    var bodyDigest: String?
    var dedupKey: String?
    var links: [LinkJSON]?
    /// The event that this one is an edited copy of.
    var editedFrom: EventID?
    /// Step → JSON merge patch, as text.
    var patches: [String: String]?

    init(_ event: EventOverview) {
        id = event.id
        source = event.source
        kind = event.kind
        subject = event.subject
        receivedAt = event.receivedAt.iso8601
        bytes = event.bytes
        deliveries = event.deliveries.map { DeliveryJSON($0) }
    }

    init(_ detail: EventDetail) {
        self.init(detail.event)
        deliveries = detail.deliveries.map {
            DeliveryJSON($0.overview, steps: $0.steps.map(StepJSON.init), attempts: $0.attempts.map(AttemptJSON.init))
        }
        bodyDigest = Hex.encode(detail.bodyDigest)
        dedupKey = detail.dedupKey
        links = detail.links.map(LinkJSON.init)
        editedFrom = detail.editedFrom
        patches = detail.patches.isEmpty ? nil : detail.patches.mapValues { String(decoding: $0, as: UTF8.self) }
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

struct LinkJSON: Encodable {
    var kind: String
    /// The legal entity.
    var scope: String
    var key: String
    var value: String

    init(_ link: Link) {
        kind = link.key.kind
        scope = link.key.scope
        key = link.key.key
        value = link.value
    }
}

struct StepJSON: Encodable {
    var name: String
    var intendedAt: String
    var concludedAt: String?
    /// A text result as it is, any other as JSON text; absent while the outcome is unknown.
    var result: String?

    init(_ step: StepRecord) {
        name = step.name
        intendedAt = step.intendedAt.iso8601
        concludedAt = step.concludedAt?.iso8601
        result = step.result.map { json in
            (try? JSONDecoder().decode(String.self, from: Data(json))) ?? String(decoding: json, as: UTF8.self)
        }
    }
}

struct AttemptJSON: Encodable {
    var attempt: Int
    var owner: String
    /// What it led to.
    var state: DeliveryState
    var reason: Reason?
    var startedAt: String
    var finishedAt: String
    var milliseconds: Int64
    var exchanges: [ExchangeJSON]
    /// Why they cannot be shown.
    var unreadable: String?

    init(_ attempt: AttemptDetail) {
        self.attempt = attempt.attempt
        owner = attempt.owner
        state = attempt.state
        reason = attempt.reason
        startedAt = attempt.record.startedAt.iso8601
        finishedAt = attempt.record.finishedAt.iso8601
        milliseconds = (attempt.record.finishedAt - attempt.record.startedAt).wholeMilliseconds
        exchanges = attempt.record.exchanges.map(ExchangeJSON.init)
        unreadable = attempt.unreadable
    }
}

struct ExchangeJSON: Encodable {
    var step: String?
    var destination: String
    var method: String
    var target: String
    var status: Int?
    /// By the name of their header; the far side's support asks for them.
    var identifiers: [String: String]
    var sentHeaders: [String: String]
    var receivedHeaders: [String: String]
    var sent: String?
    var received: String?
    var failure: String?
    var startedAt: String
    var milliseconds: Int64

    init(_ exchange: Exchange) {
        step = exchange.step
        destination = exchange.destination
        method = exchange.method
        target = exchange.target
        status = exchange.status
        identifiers = exchange.identifiers
        sentHeaders = exchange.sentHeaders
        receivedHeaders = exchange.receivedHeaders
        sent = exchange.sent
        received = exchange.received
        failure = exchange.failure
        startedAt = exchange.startedAt.iso8601
        milliseconds = exchange.milliseconds
    }
}
