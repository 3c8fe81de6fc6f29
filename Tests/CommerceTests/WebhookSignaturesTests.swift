import Cryptography
import Testing

@testable import Commerce

@Suite("Webhook signatures")
struct WebhookSignaturesTests {
    struct Genuine: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: KeyChoice
        let header: String
        var body = SignatureVector.body
    }

    enum KeyChoice: Sendable {
        case rsa(SignedMessage)
        case hmac(SignedMessage?)

        func key() throws -> WebhookKey {
            switch self {
            case .rsa(let signs): .rsa(try RSAPublicKey(pem: SignatureVector.publicKey), signs: signs)
            case .hmac(let signs): try .hmacSecret(SignatureVector.secret, signs: signs)
            }
        }
    }

    static let genuine = [
        Genuine(
            testDescription: "RSA over base64(body), as Commerce signs", key: .rsa(.base64Body),
            header: SignatureVector.rsaOverBase64),
        Genuine(
            testDescription: "RSA over the body", key: .rsa(.rawBody), header: SignatureVector.rsaOverBody),
        Genuine(
            testDescription: "RSA over base64 of the body another sender really sent", key: .rsa(.base64Body),
            header: SignatureVector.rsaOverBase64OfRewritten, body: SignatureVector.rewrittenBody),
        Genuine(
            testDescription: "HMAC over the body in base64", key: .hmac(.rawBody),
            header: SignatureVector.hmacOverBodyBase64),
        Genuine(
            testDescription: "HMAC over the body in hex", key: .hmac(.rawBody),
            header: SignatureVector.hmacOverBodyHex),
        Genuine(
            testDescription: "HMAC over the body in upper-case hex", key: .hmac(nil),
            header: SignatureVector.hmacOverBodyHex.uppercased()),
        Genuine(
            testDescription: "HMAC over base64(body)", key: .hmac(.base64Body),
            header: SignatureVector.hmacOverBase64Base64),
        Genuine(
            testDescription: "HMAC over base64(body), either taken", key: .hmac(nil),
            header: SignatureVector.hmacOverBase64Base64),
        Genuine(
            testDescription: "HMAC over the body, either taken", key: .hmac(nil),
            header: SignatureVector.hmacOverBodyBase64),
    ]

    @Test("a webhook signed in a configured way is believed", arguments: genuine)
    func believes(_ row: Genuine) throws {
        try WebhookSignatures([row.key.key()]).verify(body: row.body, header: row.header)
    }

    @Test("the same signature over a changed body is not believed", arguments: genuine)
    func noticesChange(_ row: Genuine) throws {
        var body = row.body
        body[body.count / 2] ^= 1
        let signatures = try WebhookSignatures([row.key.key()])
        #expect(throws: SignatureError.invalid) { try signatures.verify(body: body, header: row.header) }
        #expect(throws: SignatureError.invalid) { try signatures.verify(body: [], header: row.header) }
    }

    @Test("one key that verifies is enough, wherever it stands", arguments: genuine)
    func rotates(_ row: Genuine) throws {
        let other = try WebhookKey.rsa(RSAPublicKey(pem: RSAPrivateKey.generate().publicKeyPEM), signs: .base64Body)
        let another = try WebhookKey.hmacSecret("an older secret of some length")
        let key = try row.key.key()
        for keys in [[key, other, another], [other, another, key], [another, key, other]] {
            try WebhookSignatures(keys).verify(body: row.body, header: row.header)
        }
    }

    struct Forged: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let key: KeyChoice
        let header: String?
        let error: SignatureError
    }

    static let missing = SignatureError.missing(header: "x-adobe-commerce-webhook-signature")
    static let forged = [
        Forged(testDescription: "no header", key: .rsa(.base64Body), header: nil, error: missing),
        Forged(testDescription: "an empty header", key: .hmac(nil), header: "", error: missing),
        Forged(
            testDescription: "RSA over the other message", key: .rsa(.rawBody),
            header: SignatureVector.rsaOverBase64, error: .invalid),
        Forged(
            testDescription: "RSA over the rewritten body", key: .rsa(.base64Body),
            header: SignatureVector.rsaOverBase64OfRewritten, error: .invalid),
        Forged(
            testDescription: "HMAC over the other message", key: .hmac(.rawBody),
            header: SignatureVector.hmacOverBase64Base64, error: .invalid),
        Forged(
            testDescription: "an HMAC where an RSA key is configured", key: .rsa(.rawBody),
            header: SignatureVector.hmacOverBodyBase64, error: .invalid),
        Forged(
            testDescription: "an RSA signature where a secret is configured", key: .hmac(nil),
            header: SignatureVector.rsaOverBody, error: .malformed),
        Forged(
            testDescription: "neither base64 nor hex", key: .hmac(nil), header: "let me in", error: .malformed),
        Forged(
            testDescription: "base64 of another length", key: .hmac(nil), header: "AAAA", error: .malformed),
        Forged(
            testDescription: "63 hex digits", key: .hmac(nil),
            header: String(SignatureVector.hmacOverBodyHex.dropLast()), error: .malformed),
        Forged(
            testDescription: "a text of 5000 characters", key: .rsa(.base64Body),
            header: String(repeating: "A", count: 5000), error: .malformed),
        Forged(
            testDescription: "zeros of the right length", key: .hmac(nil),
            header: String(repeating: "0", count: 64), error: .invalid),
        Forged(
            testDescription: "a signature with a line break behind it", key: .hmac(nil),
            header: SignatureVector.hmacOverBodyBase64 + "\n", error: .malformed),
    ]

    @Test("a webhook without a fitting signature is refused, with the reason", arguments: forged)
    func refuses(_ row: Forged) throws {
        let signatures = try WebhookSignatures([row.key.key()])
        #expect(throws: row.error) { try signatures.verify(body: SignatureVector.body, header: row.header) }
    }

    @Test("without keys nothing is believed")
    func noKeys() {
        #expect(throws: SignatureError.invalid) {
            try WebhookSignatures([]).verify(body: SignatureVector.body, header: SignatureVector.rsaOverBody)
        }
    }

    @Test("a public key never serves as a shared secret, not even where the check was bypassed")
    func noConfusion() {
        let pem = Array(SignatureVector.publicKey.utf8)
        let code = Base64.encode(HMACSHA256.code(key: pem, message: SignatureVector.body))
        let signatures = WebhookSignatures([.hmac(secret: pem, signs: nil)])
        #expect(throws: SignatureError.self) { try signatures.verify(body: SignatureVector.body, header: code) }
    }

    static let badSecrets: [(String, KeyConfigurationError)] = [
        (SignatureVector.publicKey, .keyAsSecret),
        ("\n-----BEGIN RSA PUBLIC KEY-----", .keyAsSecret),
        ("", .secretTooShort(bytes: 0, least: 16)),
        ("fifteen bytes..", .secretTooShort(bytes: 15, least: 16)),
        ("a secret read from a file\n", .whitespaceAround),
        (" a secret with a space before it", .whitespaceAround),
    ]

    @Test("a secret that can't be safe is refused when it is configured", arguments: badSecrets)
    func refusesSecret(_ text: String, _ error: KeyConfigurationError) {
        #expect(throws: error) { try WebhookKey.hmacSecret(text) }
    }

    @Test("no message repeats what was received or would have been right")
    func keepsQuiet() {
        let errors: [SignatureError] = [.missing(header: WebhookSignatures.headerName), .malformed, .invalid]
        for error in errors {
            #expect(!error.description.contains(SignatureVector.hmacOverBodyBase64))
            #expect(error.description.hasSuffix("."))
        }
    }
}
