import Cryptography
import JSON
import Relay
import Testing

@testable import SignIn

/// A token that somebody made who has not the issuer's key.
struct HostileToken: CustomTestStringConvertible, Sendable {
    let testDescription: String
    /// Made of header, claims and signature of a good token, each as it is written.
    let spoil: @Sendable (_ header: String, _ claims: String, _ signature: String) throws -> String
}

private func encoded(_ json: String) -> String { Base64URL.encode(Array(json.utf8)) }

private func signed(_ header: String, _ claims: String) throws -> String { try Tokens.sign(header, claims) }

private let forged = [
    HostileToken(testDescription: "signed with nothing, as it says") { _, claims, _ in
        "\(encoded(#"{"alg":"none"}"#)).\(claims)."
    },
    HostileToken(testDescription: "signed with nothing, in another case") { _, claims, signature in
        "\(encoded(#"{"alg":"nOnE","kid":"k1"}"#)).\(claims).\(signature)"
    },
    HostileToken(testDescription: "signed with the public key as a shared secret") { _, claims, _ in
        let header = encoded(#"{"alg":"HS256","kid":"k1"}"#)
        let secret = Array(try Tokens.key.get().publicKeyPEM.utf8)
        let code = HMACSHA256.code(key: secret, message: Array("\(header).\(claims)".utf8))
        return "\(header).\(claims).\(Base64URL.encode(code))"
    },
    HostileToken(testDescription: "with a code under a header that says RS256") { header, claims, _ in
        let secret = Array(try Tokens.key.get().publicKeyPEM.utf8)
        let code = HMACSHA256.code(key: secret, message: Array("\(header).\(claims)".utf8))
        return "\(header).\(claims).\(Base64URL.encode(code))"
    },
    HostileToken(testDescription: "signed well, but with an algorithm that is not the configured one") {
        _, claims, _ in
        try signed(encoded(#"{"alg":"RS512","kid":"k1"}"#), claims)
    },
    HostileToken(testDescription: "without an algorithm") { _, claims, _ in
        try signed(encoded(#"{"kid":"k1"}"#), claims)
    },
    HostileToken(testDescription: "with an algorithm that is no text") { _, claims, _ in
        try signed(encoded(#"{"alg":["RS256"],"kid":"k1"}"#), claims)
    },
    HostileToken(testDescription: "signed by somebody else") { header, claims, _ in
        try Tokens.sign(header, claims, key: Tokens.otherKey)
    },
    HostileToken(testDescription: "with a key of its own in the header") { _, claims, _ in
        let numbers = try RSAPublicKey(pem: Tokens.otherKey.get().publicKeyPEM).numbers
        let header = """
            {"alg":"RS256","kid":"k1","jwk":{"kty":"RSA","e":"AQAB","n":"\(Base64URL.encode(numbers.modulus))"}}
            """
        return try Tokens.sign(encoded(header), claims, key: Tokens.otherKey)
    },
    HostileToken(testDescription: "with other claims under a good signature") { header, _, signature in
        "\(header).\(Tokens.text(Tokens.changed(Tokens.claims, ["exp": 9_999_999_999]))).\(signature)"
    },
    HostileToken(testDescription: "with another header under a good signature") { _, claims, signature in
        "\(encoded(#"{"alg":"RS256","kid":"k2"}"#)).\(claims).\(signature)"
    },
]

private let unreadable = [
    HostileToken(testDescription: "empty") { _, _, _ in "" },
    HostileToken(testDescription: "only dots") { _, _, _ in ".." },
    HostileToken(testDescription: "in two parts") { header, claims, _ in "\(header).\(claims)" },
    HostileToken(testDescription: "with two signatures") { header, claims, signature in
        "\(header).\(claims).\(signature).\(signature)"
    },
    HostileToken(testDescription: "encrypted, in five parts") { header, claims, signature in
        "\(header)..\(claims).\(signature).\(signature)"
    },
    HostileToken(testDescription: "in JSON's serialization") { header, claims, signature in
        #"{"payload":"\#(claims)","signatures":[{"protected":"\#(header)","signature":"\#(signature)"}]}"#
    },
    HostileToken(testDescription: "without a signature") { header, claims, _ in "\(header).\(claims)." },
    HostileToken(testDescription: "with padding") { header, claims, signature in "\(header).\(claims).\(signature)=="
    },
    HostileToken(testDescription: "with the standard alphabet") { header, claims, _ in "\(header).\(claims).ab+/" },
    HostileToken(testDescription: "with a blank") { header, claims, signature in "\(header).\(claims). \(signature)"
    },
    HostileToken(testDescription: "with a line break") { header, claims, signature in
        "\(header).\(claims).\(signature)\n"
    },
    HostileToken(testDescription: "with a header that is no JSON") { _, claims, _ in
        try signed(encoded("alg"), claims)
    },
    HostileToken(testDescription: "with a header that is a list") { _, claims, _ in try signed(encoded("[]"), claims)
    },
    HostileToken(testDescription: "with two algorithms") { _, claims, _ in
        try signed(encoded(#"{"alg":"RS256","alg":"none","kid":"k1"}"#), claims)
    },
    HostileToken(testDescription: "with extensions that must be understood") { _, claims, _ in
        try signed(encoded(#"{"alg":"RS256","kid":"k1","crit":["b64"],"b64":false}"#), claims)
    },
    HostileToken(testDescription: "with claims that are no JSON") { header, _, _ in try signed(header, encoded("{"))
    },
    HostileToken(testDescription: "with a claim that stands twice") { header, _, _ in
        try signed(header, encoded(#"{"aud":"api://causeway","aud":"api://other"}"#))
    },
    HostileToken(testDescription: "with a claim that stands twice, deep inside") { header, _, _ in
        try signed(header, encoded(#"{"aud":"api://causeway","x":{"a":1,"a":2}}"#))
    },
    HostileToken(testDescription: "with claims that are not UTF-8") { header, _, _ in
        try signed(header, Base64URL.encode([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]))
    },
    HostileToken(testDescription: "with kilobytes of header") { _, claims, _ in
        try signed(encoded(#"{"alg":"RS256","kid":"\#(String(repeating: "k", count: 2000))"}"#), claims)
    },
    HostileToken(testDescription: "with a header of brackets") { _, claims, _ in
        try signed(encoded(String(repeating: "[", count: 700)), claims)
    },
]

@Suite("Hostile bearer tokens")
struct HostileTokenTests {
    private func spoiled(_ token: HostileToken) throws -> String {
        let parts = try Tokens.sign().split(separator: ".").map(String.init)
        return try token.spoil(parts[0], parts[1], parts[2])
    }

    @Test("a forged token is not believed", arguments: forged)
    func forgedToken(_ token: HostileToken) async throws {
        let text = try spoiled(token)
        let error = await #expect(throws: JWTError.self) { try await Tokens.verifier().verify(text) }
        let isTold =
            switch error {
            case .badSignature, .wrongAlgorithm, .malformed: true
            default: false
            }
        #expect(isTold, "\(String(describing: error))")
    }

    @Test("what is no token in compact form is not looked at any further", arguments: unreadable)
    func unreadableToken(_ token: HostileToken) async throws {
        let text = try spoiled(token)
        let error = await #expect(throws: JWTError.self) { try await Tokens.verifier().verify(text) }
        guard case .malformed = error else { throw error ?? .badSignature }
    }

    @Test("a token that is too long is not even taken apart")
    func long() async throws {
        let text = try Tokens.sign(Tokens.changed(Tokens.claims, ["x": .string(String(repeating: "x", count: 9000))]))
        await #expect(throws: JWTError.tooLong(limit: 8192)) { try await Tokens.verifier().verify(text) }
    }

    @Test("a token that is cut anywhere is refused", arguments: Array(stride(from: 0, to: 500, by: 7)))
    func cut(at length: Int) async throws {
        let text = String(try Tokens.sign().prefix(length))
        await #expect(throws: JWTError.self) { try await Tokens.verifier().verify(text) }
    }

    @Test("a refusal quotes nothing of the token", arguments: forged + unreadable)
    func quotesNothing(_ token: HostileToken) async throws {
        let text = try spoiled(token)
        let error = await #expect(throws: JWTError.self) { try await Tokens.verifier().verify(text) }
        for part in text.split(separator: ".") where part.count > 20 {
            #expect(error?.description.contains(part) == false)
        }
    }
}
