import Cryptography
import Foundation
public import HTTPClient
import HTTPServer
public import HTTPTypes
import JSON
import Synchronization

/// A topic of Azure Event Grid that F&O publishes to, and one subscription to it.
public final class SandboxEventGrid: Sendable {
    public enum Schema: Sendable, CaseIterable {
        /// Always a list; `data` is a text unless F&O was told otherwise.
        case eventGrid
        case eventGridWithObjects
        /// One CloudEvent to a request.
        case cloudEvents
        case cloudEventBatch
    }

    public static let topic =
        "/subscriptions/1/resourceGroups/erp/providers/Microsoft.EventGrid/topics/d365-events"
    public static let tenant = "00000000-0000-4000-8000-00000000000a"
    public static let audience = "api://causeway"
    public static let application = "4962773b-9cdb-44cf-a8bf-237846a00ab7"

    /// Entra, for the tokens of deliveries.
    public let entra: SandboxIssuer

    private struct State {
        var authority = ""
        var published: [[UInt8]] = []
    }

    private let state = Mutex(State())
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Date
    private static let publishPath = "/topics/d365-events/api/events"
    private static let keySetPath = "/\(tenant)/discovery/v2.0/keys"
    private static let metadataPath = "/\(tenant)/v2.0/.well-known/openid-configuration"

    init(transport: any HTTPTransport, now: @escaping @Sendable () -> Date) throws {
        self.transport = transport
        self.now = now
        entra = try SandboxIssuer(keyID: SecureRandom.hex(bytes: 8))
    }

    /// Where Entra is.
    public internal(set) var authority: String {
        get { state.withLock { $0.authority } }
        set { state.withLock { $0.authority = newValue } }
    }

    /// Where F&O publishes business events.
    public var publishURL: String { authority + Self.publishPath }

    /// Business events that were published and not taken from here yet.
    public func takePublished() -> [[UInt8]] {
        state.withLock { state in
            defer { state.published = [] }
            return state.published
        }
    }

    /// Subscribes an address: it must prove that it wants the events, in the schema's way.
    /// - Returns: Whether it did.
    public func subscribe(
        _ url: String, schema: Schema, topic: String = topic, headers: HTTPFields = [:]
    ) async throws -> Bool {
        switch schema {
        case .cloudEvents, .cloudEventBatch:
            var headers = headers
            headers.set("WebHook-Request-Origin", to: "eventgrid.azure.net")
            headers.set("WebHook-Request-Rate", to: "120")
            let answer = try await transport.send(OutboundRequest(method: .options, url: url, headers: headers))
            let origin = answer.headers.value("WebHook-Allowed-Origin")
            return answer.status == 200 && ["eventgrid.azure.net", "*"].contains(origin)
        case .eventGrid, .eventGridWithObjects:
            let code = SecureRandom.hex(bytes: 16)
            var headers = headers
            headers.set("aeg-event-type", to: "SubscriptionValidation")
            let event: JSONObject = [
                "id": .string(UUID().uuidString), "topic": .string(topic), "subject": "",
                "eventType": "Microsoft.EventGrid.SubscriptionValidationEvent",
                "eventTime": .string(TimeText(now()).iso8601), "metadataVersion": "1", "dataVersion": "2",
                "data": [
                    "validationCode": .string(code),
                    "validationUrl": "https://rp-westeurope.eventgrid.azure.net:553/",
                ],
            ]
            let answer = try await post(JSONWriter.bytes([.object(event)]), to: url, headers)
            let repeated = try? JSONValue.parse(answer.body).objectValue?["validationResponse"]?.stringValue
            return answer.status == 200 && repeated == code
        }
    }

    /// - Parameter events: Business events as F&O publishes them.
    public func body(_ events: [[UInt8]], schema: Schema, topic: String = topic) throws -> [UInt8] {
        let wrapped = try events.map { JSONValue.object(try wrap($0, schema, topic)) }
        return JSONWriter.bytes(schema == .cloudEvents && wrapped.count == 1 ? wrapped[0] : .array(wrapped))
    }

    public func deliver(_ body: [UInt8], to url: String, headers: HTTPFields = [:]) async throws -> OutboundResponse {
        var headers = headers
        headers.set("aeg-event-type", to: "Notification")
        return try await post(body, to: url, headers)
    }

    /// The header that secured deliveries bring.
    /// - Parameter life: From now on; a negative one has ended.
    public func bearer(
        audience: String = audience, application: String = application, tenant: String = tenant,
        life: Duration = .seconds(3600), issuer: SandboxIssuer? = nil
    ) throws -> HTTPFields {
        let now = Int(now().timeIntervalSince1970)
        let end = now + Int(life.components.seconds)
        let claims: JSONObject = [
            "aud": .string(audience), "iss": .string("\(authority)/\(tenant)/v2.0"),
            "iat": .int(min(now, end)), "nbf": .int(min(now, end)), "exp": .int(end), "azp": .string(application),
            "tid": .string(tenant), "ver": "2.0", "roles": ["AzureEventGridSecureWebhookSubscriber"],
        ]
        return [.authorization: "Bearer \(try (issuer ?? entra).token(claims))"]
    }

    private func post(_ body: [UInt8], to url: String, _ headers: HTTPFields) async throws -> OutboundResponse {
        var headers = headers
        headers[.contentType] = "application/json; charset=utf-8"
        return try await transport.send(OutboundRequest(method: .post, url: url, headers: headers, body: body))
    }

    private func wrap(_ event: [UInt8], _ schema: Schema, _ topic: String) throws -> JSONObject {
        let data = try JSONValue.parse(event)
        let id = data.objectValue?["EventId"] ?? .string(UUID().uuidString)
        let type = data.objectValue?["BusinessEventId"] ?? "Unknown"
        let time = JSONValue.string(TimeText(now()).iso8601)
        switch schema {
        case .eventGrid, .eventGridWithObjects:
            return [
                "id": id, "topic": .string(topic), "subject": "usmf", "eventType": type, "eventTime": time,
                "dataVersion": "1.0", "metadataVersion": "1",
                "data": schema == .eventGrid ? .string(String(decoding: event, as: UTF8.self)) : data,
            ]
        case .cloudEvents, .cloudEventBatch:
            return [
                "specversion": "1.0", "id": id, "source": .string(topic), "type": type, "subject": "usmf",
                "time": time, "datacontenttype": "application/json", "data": data,
            ]
        }
    }

    func answer(_ request: Request) -> Response? {
        switch request.path {
        case Self.publishPath where request.method == .post:
            state.withLock { $0.published.append(request.body) }
            return Response(status: .ok)
        case Self.keySetPath: return (try? entra.keySet()).map { .json($0) }
        case Self.metadataPath:
            let issuer = "\(authority)/\(Self.tenant)/v2.0"
            return .json(
                JSONWriter.bytes(["issuer": .string(issuer), "jwks_uri": .string(authority + Self.keySetPath)]))
        default: return nil
        }
    }
}
