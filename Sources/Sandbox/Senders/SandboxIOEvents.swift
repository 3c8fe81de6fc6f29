import Cryptography
public import Foundation
public import HTTPClient
import HTTPServer
public import HTTPTypes
import JSON
import Synchronization

/// Adobe I/O Events as a receiver sees it, and IMS beside it.
public final class SandboxIOEvents: Sendable {
    /// Of the registration.
    public static let clientID = "0123456789abcdef0123456789abcdef"
    public static let organization = "0123456789ABCDEF01234567@AdobeOrg"

    /// What a delivery is signed with.
    public enum Signing: Sendable {
        /// The second of two signatures verifies: the first is of a key that is not there any more.
        case digital
        case hmac(clientSecret: String)
        case unsigned
    }

    /// Signs IMS tokens.
    public let ims: SandboxIssuer

    private let key: RSAPrivateKey
    private let keyPath = "/prod/keys/pub-key-\(UUID().uuidString.lowercased()).pem"
    private let retiredPath = "/prod/keys/pub-key-\(UUID().uuidString.lowercased()).pem"
    private let transport: any HTTPTransport
    private let now: @Sendable () -> Date
    private let place = Mutex("")

    init(transport: any HTTPTransport, now: @escaping @Sendable () -> Date) throws {
        self.transport = transport
        self.now = now
        key = try RSAPrivateKey.generate()
        ims = try SandboxIssuer(keyID: "ims_na1-key-at-1", key: key)
    }

    /// Where receivers fetch keys.
    public internal(set) var origin: String {
        get { place.withLock { $0 } }
        set { place.withLock { $0 = newValue } }
    }

    public var keySetURL: String { origin + "/ims/keys" }

    /// An event about an order, with the few fields that subscriptions have.
    public func orderEvent(
        incrementID: String, id: String = UUID().uuidString.lowercased(), clientID: String = clientID,
        type: String = "com.adobe.commerce.observer.sales_order_save_commit_after"
    ) -> [UInt8] {
        let moment = TimeText(now())
        let value: JSONObject = [
            "id": "42", "increment_id": .string(incrementID), "updated_at": .string(moment.commerce),
        ]
        return JSONWriter.bytes([
            "specversion": "1.0", "id": .string(UUID().uuidString.lowercased()),
            "source": "urn:uuid:11111111-2222-4333-8444-555555555555", "type": .string(type),
            "datacontenttype": "application/json", "time": .string(moment.iso8601), "eventid": .string(id),
            "event_id": .string(id), "recipientclientid": .string(clientID),
            "recipient_client_id": .string(clientID),
            "data": [
                "key": .string(UUID().uuidString.lowercased()), "value": .object(value), "source": "merchant.stage",
                "_metadata": ["commerceEdition": "Adobe Commerce", "storeId": "1"],
            ],
        ])
    }

    /// Registers an address as Adobe does: it must repeat a word.
    /// - Returns: Whether it did, in one of the two ways.
    public func register(_ url: String) async throws -> Bool {
        let word = SecureRandom.hex(bytes: 16)
        let answer = try await transport.send(OutboundRequest(method: .get, url: "\(url)?challenge=\(word)"))
        guard answer.status == 200, let type = answer.headers[.contentType] else { return false }
        if type.hasPrefix("text/plain") { return answer.body == Array(word.utf8) }
        let json = try? JSONValue.parse(answer.body)
        return type.hasPrefix("application/json") && json?.objectValue?["challenge"]?.stringValue == word
    }

    /// One request: a single event as an object, several as a list.
    public func body(_ events: [[UInt8]]) -> [UInt8] {
        events.count == 1 ? events[0] : Array("[".utf8) + events.joined(separator: ",".utf8) + "]".utf8
    }

    /// Delivers a body once. Adobe repeats 429 and 5xx and nothing else, which is the caller's to do.
    public func deliver(
        _ body: [UInt8], to url: String, signing: Signing = .digital, more: HTTPFields = [:]
    ) async throws -> OutboundResponse {
        var headers: HTTPFields = [.contentType: "application/json; charset=utf-8"]
        headers.set("x-adobe-delivery-id", to: UUID().uuidString.lowercased())
        switch signing {
        case .digital:
            headers.set("x-adobe-digital-signature-1", to: Base64.encode(SecureRandom.bytes(256)))
            headers.set("x-adobe-public-key1-path", to: retiredPath)
            headers.set("x-adobe-digital-signature-2", to: Base64.encode(try key.sign(body)))
            headers.set("x-adobe-public-key2-path", to: keyPath)
        case .hmac(let secret):
            let code = HMACSHA256.code(key: Array(secret.utf8), message: body)
            headers.set("x-adobe-signature", to: Base64.encode(code))
        case .unsigned: break
        }
        for field in more { headers[field.name] = field.value }
        return try await transport.send(OutboundRequest(method: .post, url: url, headers: headers, body: body))
    }

    /// What Commerce adds to a webhook with `developerConsoleOauth`.
    public func imsHeaders(
        clientID: String = clientID, organization: String = organization, life: Duration = .seconds(86_400)
    ) throws -> HTTPFields {
        let created = Int(now().timeIntervalSince1970 * 1000)
        let token = try ims.token(
            [
                "type": "access_token", "client_id": .string(clientID), "as": "ims-na1",
                "created_at": .string(String(created)),
                "expires_in": .string(String(life.components.seconds * 1000)),
            ], header: ["x5u": "ims_na1-key-at-1.cer"])
        var headers: HTTPFields = [.authorization: "Bearer \(token)"]
        headers.set("x-gw-ims-org-id", to: organization)
        return headers
    }

    func answer(_ request: Request) -> Response? {
        switch request.path {
        case keyPath: .text(key.publicKeyPEM)
        case "/ims/keys": (try? ims.keySet()).map { .json($0) }
        default: nil
        }
    }
}
