import Cryptography
import Foundation
import Relay

/// Everything about one event: `GET /operator/v1/events/{id}`.
struct EventDetailJSON: Encodable {
    var id: EventID
    var source: String
    var kind: String
    var subject: String
    var receivedAt: String
    var bytes: Int
    /// SHA-256 of the body, in hex.
    var bodyDigest: String
    var dedupKey: String
    var deliveries: [DeliveryJSON]
    var links: [LinkJSON]

    init(_ detail: EventDetail) {
        id = detail.event.id
        source = detail.event.source
        kind = detail.event.kind
        subject = detail.event.subject
        receivedAt = detail.event.receivedAt.iso8601
        bytes = detail.event.bytes
        bodyDigest = Hex.encode(detail.bodyDigest)
        dedupKey = detail.dedupKey
        deliveries = detail.deliveries.map {
            DeliveryJSON($0.overview, steps: $0.steps.map(StepJSON.init), attempts: $0.attempts.map(AttemptJSON.init))
        }
        links = detail.links.map(LinkJSON.init)
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

    init(_ attempt: AttemptDetail) {
        self.attempt = attempt.attempt
        owner = attempt.owner
        state = attempt.state
        reason = attempt.reason
        startedAt = attempt.record.startedAt.iso8601
        finishedAt = attempt.record.finishedAt.iso8601
        milliseconds = (attempt.record.finishedAt - attempt.record.startedAt).wholeMilliseconds
        exchanges = attempt.record.exchanges.map(ExchangeJSON.init)
    }
}

struct ExchangeJSON: Encodable {
    var step: String?
    var destination: String
    var method: String
    var target: String
    var status: Int?
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
        sent = exchange.sent
        received = exchange.received
        failure = exchange.failure
        startedAt = exchange.startedAt.iso8601
        milliseconds = exchange.milliseconds
    }
}
