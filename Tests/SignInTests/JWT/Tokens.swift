import Cryptography
import HTTPClient
import JSON
import SignIn
import Synchronization

/// An issuer, and tokens of it as tests want them.
enum Tokens {
    static let key = Result { try RSAPrivateKey.generate() }
    static let otherKey = Result { try RSAPrivateKey.generate() }
    /// What ``ManualClock`` shows at first, in seconds.
    static let now = 1_767_261_612

    static let header: JSONObject = ["alg": "RS256", "typ": "JWT", "kid": "k1"]
    static let claims: JSONObject = [
        "iss": "https://issuer.example/t/v2.0", "aud": "api://causeway", "exp": .int(now + 600),
        "nbf": .int(now - 10),
        "azp": "sender",
    ]
    static let rules = JWTRules(
        issuers: ["https://issuer.example/t/v2.0", "https://sts.example/t/"], audiences: ["api://causeway", "id"],
        requirements: [.init("appid", "azp", values: ["sender"])])

    /// Header or claims with some members in place of others; `nil` takes one out.
    static func changed(_ object: JSONObject, _ changes: [String: JSONValue?]) -> JSONObject {
        var object = object
        for (name, value) in changes { object[name] = value }
        return object
    }

    static func text(_ object: JSONObject) -> String { Base64URL.encode(JSONWriter.bytes(.object(object))) }

    static func sign(
        _ claims: JSONObject = claims, header: JSONObject = header, key: Result<RSAPrivateKey, any Error> = key
    ) throws -> String {
        try sign(text(header), text(claims), key: key)
    }

    static func sign(
        _ header: String, _ claims: String, key: Result<RSAPrivateKey, any Error> = key
    ) throws -> String {
        let signed = "\(header).\(claims)"
        return "\(signed).\(Base64URL.encode(try key.get().sign(Array(signed.utf8))))"
    }

    static func keySet(_ keys: [(String, Result<RSAPrivateKey, any Error>)]) throws -> String {
        let members = try keys.map { id, key in
            let numbers = try RSAPublicKey(pem: key.get().publicKeyPEM).numbers
            return """
                {"kty":"RSA","use":"sig","kid":"\(id)","n":"\(Base64URL.encode(numbers.modulus))",\
                "e":"\(Base64URL.encode(numbers.exponent))"}
                """
        }
        return "{\"keys\":[\(members.joined(separator: ","))]}"
    }

    static func verifier(_ rules: JWTRules = rules, clock: ManualClock = ManualClock()) throws -> JWTVerifier {
        JWTVerifier(
            rules: rules, keys: PinnedKeys([try RSAPublicKey(pem: key.get().publicKeyPEM)]), clock: clock)
    }
}

/// Answers by URL, and counts.
final class KeyHost: HTTPTransport {
    struct State: Sendable {
        var answers: [String: Result<OutboundResponse, TransportError>] = [:]
        var asked: [String] = []
    }

    let state = Mutex(State())

    func set(_ url: String, _ body: String, status: Int = 200) {
        state.withLock { $0.answers[url] = .success(OutboundResponse(status: status, body: Array(body.utf8))) }
    }

    func fail(_ url: String) { state.withLock { $0.answers[url] = .failure(.notConnected("refused")) } }

    var asked: [String] { state.withLock { $0.asked } }

    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let answer = state.withLock { state in
            state.asked.append(request.url)
            return state.answers[request.url]
        }
        await Task.yield()
        guard let answer else { return OutboundResponse(status: 404) }
        return try answer.get()
    }
}
