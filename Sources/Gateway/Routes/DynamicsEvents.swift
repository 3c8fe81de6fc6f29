import Cryptography
import Dynamics
import HTTPServer
import HTTPTypes
import Relay

/// `POST /events/dynamics/{token}`: Business Events from finance and operations, and the handshake that CloudEvents
/// senders begin with.
struct DynamicsEvents: Sendable {
    static let pattern = "/events/dynamics/{token}"

    let tokens: TokenSet
    /// By `BusinessEventId`.
    let routes: [String: Route]
    let intake: Intake
    let clock: any WallClock
    let onTestEvent: @Sendable () -> Void
    let signals: AlertSignals

    func add(to table: inout RouteTable) {
        table.on(.post, Self.pattern) { request, parameters in
            try await receive(request, token: parameters["token"])
        }
        table.on(.options, Self.pattern) { request, parameters in
            try shakeHands(request, token: parameters["token"])
        }
    }

    private func receive(_ request: Request, token: String) async throws -> Response {
        guard tokens.contains(token) else {
            signals.refused("dynamics")
            throw Problem.unknownToken
        }
        let incoming = try read(request.body)
        guard !incoming.isTest else {
            onTestEvent()
            return Self.answer(.ok, "test")
        }
        let digest = SHA256.hash(request.body)
        // Events without a route are stored without deliveries: whoever forgot a route still finds them, and
        // Dynamics, which would only repeat what cannot succeed, is at peace.
        let event = NewEvent(
            source: "dynamics", kind: incoming.id, subject: incoming.subjectHint, dedupKey: incoming.dedupKey,
            receivedAt: clock.now(), body: request.body, bodyDigest: digest,
            routes: routes[incoming.id].map { [$0] } ?? [], searchKeys: incoming.searchKeys)
        do {
            let receipt = try await intake.accept(event)
            return Self.answer(.accepted, receipt.isDuplicate ? "duplicate" : "stored")
        } catch let fault as StoreFault {
            throw Problem.unavailable(fault)
        }
    }

    /// CloudEvents HTTP 1.1 Web Hooks §4: consent to deliveries, which nobody may get without the token.
    /// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md
    private func shakeHands(_ request: Request, token: String) throws(Problem) -> Response {
        guard tokens.contains(token) else { throw .unknownToken }
        var headers: HTTPFields = [.allow: "OPTIONS, POST"]
        if let asked = Self.requestOrigin, let allowed = Self.allowedOrigin, let origin = request.headers[asked] {
            headers[allowed] = origin
            if let rate = Self.allowedRate { headers[rate] = "*" }
        }
        return Response(status: .ok, headers: headers)
    }

    private func read(_ body: [UInt8]) throws(Problem) -> IncomingBusinessEvent {
        do throws(BusinessEventError) {
            return try BusinessEventReader.read(body)
        } catch {
            switch error {
            case .malformedJSON: throw .malformedJSON(error.description)
            case .unknownShape, .missing, .unreadable: throw .unusableBody(error.description)
            }
        }
    }

    private static func answer(_ status: HTTPResponse.Status, _ result: String) -> Response {
        .json(Array(#"{"result":"\#(result)"}"#.utf8), status: status)
    }

    private static let requestOrigin = HTTPField.Name("WebHook-Request-Origin")
    private static let allowedOrigin = HTTPField.Name("WebHook-Allowed-Origin")
    private static let allowedRate = HTTPField.Name("WebHook-Allowed-Rate")
}
