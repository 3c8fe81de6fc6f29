/// What the operator API says about events, as far as the command prints it.
struct EventPage: Decodable {
    var events: [EventView]
    var next: Int64?
}

struct EventView: Decodable {
    var id: Int64
    var source: String
    var kind: String
    var subject: String
    var receivedAt: String
    var bytes: Int
    var deliveries: [DeliveryView]
    var dedupKey: String?
    var bodyDigest: String?
    var links: [LinkView]?

    /// One row for each delivery, or one for an event without any.
    var rows: [[String]] {
        let event = [String(id), receivedAt, kind, subject]
        guard !deliveries.isEmpty else { return [event + ["stored", "", "no flow handles this kind"]] }
        return deliveries.map { event + [$0.state, String($0.attempt), $0.result] }
    }
}

struct DeliveryView: Decodable {
    struct Step: Decodable {
        var name: String
        var intendedAt: String
        var concludedAt: String?
        var result: String?
    }

    struct Attempt: Decodable {
        var attempt: Int
        var state: String
        var reason: ReasonView?
        var startedAt: String
        var finishedAt: String
        var milliseconds: Int64
        var exchanges: [Exchange]
    }

    struct Exchange: Decodable {
        var step: String?
        var destination: String
        var method: String
        var target: String
        var status: Int?
        var identifiers: [String: String]?
        var received: String?
        var failure: String?
        var startedAt: String
        var milliseconds: Int64

        /// Worth showing its body.
        var isFailure: Bool { status.map { $0 >= 400 } ?? true }
    }

    var id: Int64
    var flow: String
    var state: String
    var attempt: Int
    var dueAt: String
    var summary: String?
    var reason: ReasonView?
    var steps: [Step]?
    var attempts: [Attempt]?

    var result: String { summary ?? reason?.message ?? "" }
}

struct ReasonView: Decodable {
    var code: String
    var message: String
    var advice: String?
}

struct LinkView: Decodable {
    var kind: String
    var scope: String
    var key: String
    var value: String
}
