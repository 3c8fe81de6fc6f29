import Cryptography
import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import JSON

/// Checks a signature by OAuth 1.0a as `Magento\Framework\Oauth` does, in its order and with its words.
struct OAuthCheck {
    let keys: SandboxCommerceSignIn

    /// What the header says, after its form was checked.
    struct Claim {
        let fields: [String: String]
        let timestamp: Int64

        var nonce: String { fields["oauth_nonce"] ?? "" }
        var consumerKey: String { fields["oauth_consumer_key"] ?? "" }
    }

    /// Commerce takes timestamps up to this much ahead (`Nonce\Generator::TIME_DEVIATION`).
    static let deviation = 600
    private static let required = [
        "oauth_consumer_key", "oauth_signature", "oauth_signature_method", "oauth_nonce", "oauth_timestamp",
        "oauth_token",
    ]

    /// - Parameter header: `OAuth oauth_consumer_key="…", …`
    func claim(_ header: String, now: Date) throws(CommerceRefusal) -> Claim {
        var fields: [String: String] = [:]
        for part in header.dropFirst("OAuth ".count).split(separator: ",") {
            let halves = part.split(separator: "=", maxSplits: 1)
            guard halves.count == 2 else { continue }
            let value = halves[1].drop { $0 == "\"" }.prefix { $0 != "\"" }
            let name = halves[0].filter { $0 != " " }
            if name.hasPrefix("oauth_") { fields[name] = QueryString.decode(value, plusIsSpace: false) }
        }
        if let version = fields["oauth_version"], version != "1.0" {
            throw .bad("The OAuth version %1 is not supported.", version)
        }
        for name in Self.required where fields[name]?.isEmpty != false { throw .missing(name) }
        guard fields["oauth_consumer_key"] == keys.consumerKey else {
            throw .denied("A consumer having the specified key does not exist")
        }
        let timestamp = Int64(fields["oauth_timestamp"] ?? "") ?? 0
        guard timestamp > 0, timestamp <= Int64(now.timeIntervalSince1970) + Int64(Self.deviation) else {
            throw .bad("Incorrect timestamp value in the oauth_timestamp parameter")
        }
        return Claim(fields: fields, timestamp: timestamp)
    }

    /// After the nonce was taken.
    func verify(_ claim: Claim, of request: Request, scheme: String) throws(CommerceRefusal) {
        let method = claim.fields["oauth_signature_method"] ?? ""
        guard method == "HMAC-SHA256" else { throw .bad("Signature method %1 is not supported.", method) }
        guard claim.fields["oauth_token"] == keys.accessToken else { throw .denied("Specified token does not exist") }
        let host = (request.headers.value("Host") ?? "").lowercased()
        let url = "\(scheme)://\(host)\(request.path)"
        let given = Base64.decode(claim.fields["oauth_signature"] ?? "") ?? []
        guard constantTimeEqual(given, signature(claim, request.method, url, request.query ?? "")) else {
            throw .denied("The signature is invalid. Verify and try again.")
        }
    }

    func signature(_ claim: Claim, _ method: HTTPRequest.Method, _ url: String, _ query: String) -> [UInt8] {
        var pairs = claim.fields.filter { $0.key != "oauth_signature" }.map { ($0.key, $0.value) }
        for part in query.split(separator: "&") {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false)
            // What has not exactly one "=" is not seen at all.
            guard halves.count == 2, let name = QueryString.decode(halves[0]),
                let value = QueryString.decode(halves[1])
            else { continue }
            pairs.append((name, value))
        }
        pairs.sort { left, right in
            left.0 == right.0 ? left.1 < right.1 : keys.parameterOrder.precedes(left.0, right.0)
        }
        let parameters = pairs.map { "\(OAuthEncoding.encode($0.0))=\(OAuthEncoding.encode($0.1))" }
        let base = [method.rawValue, url, parameters.joined(separator: "&")].map(OAuthEncoding.encode)
        let key = [keys.consumerSecret, keys.accessTokenSecret].map(OAuthEncoding.encode)
        return HMACSHA256.code(
            key: Array(key.joined(separator: "&").utf8), message: Array(base.joined(separator: "&").utf8))
    }
}

/// PHP's `rawurlencode`.
enum OAuthEncoding {
    static func encode(_ text: String) -> String { PercentEncoding.encode(text) }
}
