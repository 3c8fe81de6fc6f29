import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Relay

@testable import Gateway

/// Adobe I/O Events, as far as the routes see it.
enum AdobeSender {
    static let clientID = "0123456789abcdef0123456789abcdef"
    static let key = Result { try RSAPrivateKey.generate() }

    static func event(
        _ incrementID: String = "000000042", id: String = "e-1", client: String = clientID,
        type: String = "observer.sales_order_save_commit_after"
    ) -> String {
        """
        {"specversion":"1.0","id":"c-1","source":"urn:uuid:1","type":"com.adobe.commerce.\(type)",\
        "eventid":"\(id)","recipientclientid":"\(client)","data":{"key":"k","value":{"id":"42",\
        "increment_id":"\(incrementID)","updated_at":"2026-01-01 00:00:00"}}}
        """
    }

    static func headers(_ body: String, key: Result<RSAPrivateKey, any Error> = key) throws -> HTTPFields {
        let signature = Base64.encode(try key.get().sign(Array(body.utf8)))
        return HTTPFields([
            ("x-adobe-digital-signature-1", signature), ("x-adobe-public-key1-path", "/prod/keys/pub-key-1.pem"),
        ])
    }
}

/// Who issues tokens: Entra or IMS.
enum TokenIssuer {
    static let key = Result { try RSAPrivateKey.generate() }
    static let tenant = "00000000-0000-4000-8000-000000000001"
    /// What ``HandClock`` shows at first.
    static let now = 1_767_261_612

    /// - Parameter claims: JSON.
    static func bearer(_ claims: String, key: Result<RSAPrivateKey, any Error> = key) throws -> HTTPFields {
        let parts = [#"{"alg":"RS256","kid":"k"}"#, claims].map { Base64URL.encode(Array($0.utf8)) }
        let signed = parts.joined(separator: ".")
        let signature = Base64URL.encode(try key.get().sign(Array(signed.utf8)))
        return [.authorization: "Bearer \(signed).\(signature)"]
    }

    static func keys() throws -> IssuerKeys { .pinned([try key.get().publicKeyPEM]) }
}

extension HTTPFields {
    init(_ pairs: [(String, String)]) {
        self.init()
        for (name, value) in pairs {
            if let name = HTTPField.Name(name) { self[name] = value }
        }
    }
}

extension RouteFixture {
    /// How often messages of a source were refused in the last minute.
    func refusals(_ source: String) -> Int {
        signals.refusals(at: clock.now()).first { $0.source == source }?.count ?? 0
    }
}
