import Cryptography
import Dynamics
import HTTPServer
import HTTPTypes
import Relay

/// `POST /events/dynamics/{token}`: Business Events and data events, from finance and operations itself, by Event Grid,
/// and from Dataverse; and the handshakes that Event Grid begins with.
struct DynamicsEvents: Sendable {
    static let pattern = "/events/dynamics/{token}"

    let doors: [DynamicsDoor]
    /// By `BusinessEventId`.
    let routes: [String: Route]
    var fields = NoticeFields()
    let intake: Intake
    let clock: any WallClock
    let onTestEvent: @Sendable () -> Void
    let signals: AlertSignals

    func add(to table: inout RouteTable) {
        table.on(.post, Self.pattern) { request, parameters in
            try await receive(request, token: parameters["token"])
        }
        table.on(.options, Self.pattern) { request, parameters in
            try shakeHands(request, at: door(parameters["token"]))
        }
    }

    private func door(_ token: String) throws(Problem) -> DynamicsDoor {
        guard let door = doors.first(where: { $0.tokens.contains(token) }) else { throw .unknownToken }
        return door
    }

    private func receive(_ request: Request, token: String) async throws -> Response {
        let door: DynamicsDoor
        do {
            door = try self.door(token)
        } catch {
            signals.refused(AlertSource.dynamics.rawValue)
            throw error
        }
        do {
            try await door.verify(request)
            guard case .eventGrid(let demands) = door.sender else { return try await receiveOne(request, door) }
            return try await receiveGrid(request, demands)
        } catch let problem as Problem where [.unauthorized, .forbidden].contains(problem.status) {
            signals.refused(door.source.rawValue)
            throw problem
        }
    }

    /// As F&O and Dataverse post: one event, which is the body.
    private func receiveOne(_ request: Request, _ door: DynamicsDoor) async throws -> Response {
        let wasCut = request.headers.value("x-ms-dynamics-msg-size-exceeded") != nil
        let incoming = try read { () throws(BusinessEventError) in
            try BusinessEventReader.read(request.body, wasCut: wasCut)
        }
        return try await store([(incoming, request.body)], from: door.source)
    }

    private func receiveGrid(_ request: Request, _ demands: EventGridDemands) async throws -> Response {
        let events = try read { () throws(BusinessEventError) in try GridEvent.read(request.body) }
        guard events.allSatisfy({ demands.takes(topic: $0.topic) }) else { throw Problem.foreignTopic }
        if let question = events.first(where: { $0.type == GridEvent.validationType }) {
            guard events.count == 1, let code = question.validationCode else {
                throw Problem.unusableBody(
                    "[0].data.validationCode: found nothing, expected a code in a single event.")
            }
            return OperatorJSON.response(Validation(validationResponse: code))
        }
        return try await store(events.map(\.stored), from: .eventGrid)
    }

    private struct Validation: Encodable {
        var validationResponse: String
    }

    /// All of them or none. Events without a route are stored without deliveries: whoever forgot a route still finds
    /// them, and Dynamics, which would only repeat what cannot succeed, is at peace.
    private func store(
        _ arrived: [(event: IncomingBusinessEvent, body: [UInt8])], from source: AlertSource
    ) async throws -> Response {
        signals.arrived(source.rawValue, at: clock.now())
        let events = arrived.filter { !$0.event.isTest }
        for _ in events.count..<arrived.count { onTestEvent() }
        guard !events.isEmpty else { return Self.answer(.ok, "test") }
        do {
            let receipts = try await intake.accept(
                events.map {
                    NewEvent($0.event, body: $0.body, receivedAt: clock.now(), routes: routes, fields: fields)
                })
            return Self.answer(.accepted, receipts.contains { !$0.isDuplicate } ? "stored" : "duplicate")
        } catch let fault as StoreFault {
            throw Problem.unavailable(fault)
        }
    }

    /// CloudEvents HTTP 1.1 Web Hooks §4: consent to deliveries, which nobody may get without the token. The status
    /// alone is no consent.
    /// https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/http-webhook.md
    private func shakeHands(_ request: Request, at door: DynamicsDoor) -> Response {
        var response = Response(status: .ok, headers: [.allow: "OPTIONS, POST"])
        guard case .eventGrid = door.sender, let origin = request.headers.value("WebHook-Request-Origin"),
            let allowedOrigin = HTTPField.Name("WebHook-Allowed-Origin"),
            let allowedRate = HTTPField.Name("WebHook-Allowed-Rate")
        else { return response }
        response.headers[allowedOrigin] = origin
        response.headers[allowedRate] = "*"
        return response
    }

    private func read<Value>(_ reading: () throws(BusinessEventError) -> Value) throws(Problem) -> Value {
        do throws(BusinessEventError) {
            return try reading()
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
}
