import Cryptography
import Foundation
import HTTPClient
import HTTPTypes

/// The signature of one request by OAuth 1.0a with HMAC-SHA256 (RFC 5849 §3.4), as Commerce makes it: a body of JSON
/// is not signed. Pure.
/// https://developer.adobe.com/commerce/webapi/get-started/authentication/gs-authentication-oauth
struct OAuthSignature: Sendable {
    let credentials: OAuthCredentials
    let method: HTTPRequest.Method
    private let baseURL: String
    private let query: [Pair]
    /// Never used twice by one consumer.
    let nonce: String
    /// Seconds since 1970.
    let timestamp: Int64

    /// Decoded.
    struct Pair: Sendable, Equatable {
        let name: String
        let value: String
    }

    /// - Parameter url: As it is sent, percent-encoded.
    /// - Throws: If Commerce would read the query in another way than it is signed.
    init(
        _ credentials: OAuthCredentials, method: HTTPRequest.Method, url: String, nonce: String, timestamp: Int64
    ) throws(UnsignableURL) {
        self.credentials = credentials
        self.method = method
        self.nonce = nonce
        self.timestamp = timestamp
        let parts = url.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        baseURL = try OAuthSignature.normalised(parts[0])
        query = try OAuthSignature.pairs(parts.count > 1 ? parts[1] : "")
    }

    /// `METHOD&url&parameters` (§3.4.1.1), each encoded once more.
    var baseString: String {
        [method.rawValue, baseURL, parameterString].map { PercentEncoding.encode($0) }.joined(separator: "&")
    }

    /// All parameters but the signature, encoded, and sorted by their encoded names bytewise (§3.4.1.3.2).
    var parameterString: String {
        let pairs = query.map { ($0.name, $0.value) } + protocolParameters
        let encoded = pairs.map { (PercentEncoding.encode($0.0), PercentEncoding.encode($0.1)) }
        return encoded.sorted { $0 < $1 }.map { "\($0.0)=\($0.1)" }.joined(separator: "&")
    }

    /// Base64.
    var signature: String {
        let key = [credentials.consumerSecret, credentials.accessTokenSecret].map { PercentEncoding.encode($0) }
        return Base64.encode(
            HMACSHA256.code(key: [UInt8](key.joined(separator: "&").utf8), message: [UInt8](baseString.utf8)))
    }

    /// The value of `Authorization`. Commerce splits it at commas and knows no `realm`.
    var header: String {
        let fields = protocolParameters + [("oauth_signature", signature)]
        return "OAuth " + fields.map { "\($0.0)=\"\(PercentEncoding.encode($0.1))\"" }.joined(separator: ", ")
    }

    private var protocolParameters: [(String, String)] {
        [
            ("oauth_consumer_key", credentials.consumerKey), ("oauth_nonce", nonce),
            // HMAC-SHA1 is refused from 2.4.4 on.
            ("oauth_signature_method", "HMAC-SHA256"), ("oauth_timestamp", String(timestamp)),
            ("oauth_token", credentials.accessToken), ("oauth_version", "1.0"),
        ]
    }

    /// Scheme and host in small letters, no port that follows from the scheme (§3.4.1.2); the path as it is sent.
    private static func normalised(_ url: Substring) throws(UnsignableURL) -> String {
        guard let scheme = url.firstRange(of: "://") else { throw .notAbsolute }
        let rest = url[scheme.upperBound...]
        let path = rest.firstIndex(of: "/") ?? rest.endIndex
        var authority = rest[..<path].lowercased()
        let name = url[..<scheme.lowerBound].lowercased()
        let ownPort = name == "https" ? ":443" : ":80"
        if authority.hasSuffix(ownPort) { authority.removeLast(ownPort.count) }
        return "\(name)://\(authority)" + (path == rest.endIndex ? "/" : rest[path...])
    }

    private static func pairs(_ query: Substring) throws(UnsignableURL) -> [Pair] {
        var pairs: [Pair] = []
        for part in query.split(separator: "&") {
            let halves = part.split(separator: "=", omittingEmptySubsequences: false)
            // Commerce leaves out what has not exactly one, and reads a plus as a space.
            guard halves.count == 2, !part.contains("+"), let name = String(halves[0]).removingPercentEncoding,
                let value = String(halves[1]).removingPercentEncoding
            else { throw .notOnePair(String(part.prefix(100))) }
            guard !hasLongIndex(name) else { throw .indexAboveNine(String(name.prefix(100))) }
            pairs.append(Pair(name: name, value: value))
        }
        return pairs
    }

    /// Versions of Commerce sort names in three ways, which agree as long as all indices have one digit.
    private static func hasLongIndex(_ name: String) -> Bool {
        name.contains(/\[[0-9]{2,}\]/)
    }
}

/// A URL that Commerce would not find signed.
enum UnsignableURL: Error, Equatable, CustomStringConvertible {
    case notAbsolute
    case notOnePair(String)
    case indexAboveNine(String)

    var description: String {
        switch self {
        case .notAbsolute: "The URL is not absolute."
        case .notOnePair(let part): "\"\(part)\" of the query is not one name and one value, percent-encoded."
        case .indexAboveNine(let name):
            "\"\(name)\" has an index above 9, which versions of Commerce sort in different ways: use fewer filters, "
                + "or the condition in with a list."
        }
    }
}
