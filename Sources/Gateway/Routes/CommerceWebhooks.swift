import Commerce
import HTTPServer
import HTTPTypes
import Logging
import Relay

/// `POST /webhooks/commerce/{kind}`: Commerce's hooks. The answer that lets the shop go on leaves only when the
/// event is on disk.
struct CommerceWebhooks: Sendable {
    static let pattern = "/webhooks/commerce/{kind}"
    static let kinds = CommerceRecordKind.allCases.map(\.rawValue)

    let signIn: WebhookSignIn
    let routes: [CommerceRecordKind: [Route]]
    let intake: Intake
    let clock: any WallClock
    let logger: Logger
    let signals: AlertSignals

    func add(to routes: inout RouteTable) {
        routes.on(.post, Self.pattern) { request, parameters in
            try await receive(request, kind: parameters["kind"])
        }
    }

    private func receive(_ request: Request, kind: String) async throws -> Response {
        guard let kind = CommerceRecordKind(rawValue: kind) else {
            throw Problem.unknownKind(kind, known: Self.kinds)
        }
        try await verify(request)
        let event = try read(request.body, kind)
        do {
            let receipt = try await intake.accept(event)
            logger.debug("acknowledged a webhook", metadata: Self.fields(request, receipt))
        } catch let fault as StoreFault {
            throw Problem.unavailable(fault)
        }
        return Self.success
    }

    private func verify(_ request: Request) async throws(Problem) {
        do throws(Problem) {
            try await signIn.verify(request)
        } catch {
            if error.status != .serviceUnavailable { signals.refused(AlertSource.commerce.rawValue) }
            throw error
        }
    }

    private func read(_ body: [UInt8], _ kind: CommerceRecordKind) throws(Problem) -> NewEvent {
        do throws(WebhookError) {
            return try NewEvent(webhook: body, kind, receivedAt: clock.now(), routes: routes[kind] ?? [])
        } catch {
            switch error {
            case .malformedJSON: throw .malformedJSON(error.description)
            case .noOrder, .noRecord, .unusableField: throw .unusableBody(error.description)
            }
        }
    }

    /// Commerce's webhook log shows the same id.
    private static func fields(_ request: Request, _ receipt: Receipt) -> Logger.Metadata {
        let requestID = requestIDHeader.flatMap { request.headers[$0] }
        return ["event": "\(receipt.event)", "requestID": "\(requestID ?? "none")"]
    }

    private static let requestIDHeader = HTTPField.Name("x-adobe-commerce-request-id")
    /// Commerce goes on with the unchanged operation.
    private static let success = Response.json(Array(#"{"op":"success"}"#.utf8))
}
