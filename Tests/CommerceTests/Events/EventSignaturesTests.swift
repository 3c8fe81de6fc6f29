import Cryptography
import HTTPClient
import Testing

@testable import Commerce

@Suite("Signatures of Adobe I/O Events")
struct EventSignaturesTests {
    typealias Headers = EventSignatures.Headers

    static let path = "/prod/keys/pub-key-1.pem"
    static let other = Base64.encode([UInt8](repeating: 7, count: 256))
    private let secret = Array(EventVector.clientSecret.utf8)

    private func pinned(secrets: [[UInt8]] = []) throws -> EventSignatures {
        EventSignatures(
            keys: PinnedEventKeys([try RSAPublicKey(pem: SignatureVector.publicKey)]), secrets: secrets)
    }

    static let genuine = [
        Headers(digital: [(EventVector.signature, path)]),
        Headers(digital: [(other, path), (EventVector.signature, path)]),
        Headers(digital: [("not base64", path), (EventVector.signature, path)], hmac: "wrong"),
        Headers(hmac: EventVector.hmac), Headers(digital: [(other, path)], hmac: EventVector.hmac),
    ]

    @Test("One that verifies is enough, over the body as received", arguments: genuine.indices)
    func accepted(_ index: Int) async throws {
        let signatures = try pinned(secrets: [Array("another secret of before".utf8), secret])
        try await signatures.verify(body: EventVector.body, headers: Self.genuine[index])
        await #expect(throws: EventSignatures.Failure.invalid) {
            try await signatures.verify(body: EventVector.body + " ".utf8, headers: Self.genuine[index])
        }
    }

    @Test("The older signatures count only where their secret is configured")
    func withoutSecret() async throws {
        let headers = Headers(hmac: EventVector.hmac)
        await #expect(throws: EventSignatures.Failure.missing) {
            try await pinned().verify(body: EventVector.body, headers: headers)
        }
        await #expect(throws: EventSignatures.Failure.missing) {
            try await pinned(secrets: [secret]).verify(body: EventVector.body, headers: Headers())
        }
    }

    static let forged = [
        Headers(digital: [(other, path)]), Headers(digital: [("", path)]),
        Headers(digital: [(String(repeating: "A", count: 8192), path)]),
        Headers(digital: [(other, path), (other, path), (EventVector.signature, path)]),
        Headers(digital: [(EventVector.hmac, path)]), Headers(digital: [(other, path)], hmac: EventVector.signature),
    ]

    @Test("Any other is refused, and a third one is not looked at", arguments: forged.indices)
    func refused(_ index: Int) async throws {
        await #expect(throws: EventSignatures.Failure.invalid) {
            try await pinned(secrets: [secret]).verify(body: EventVector.body, headers: Self.forged[index])
        }
    }

    @Test("A key that cannot be had now makes the sender come back, unless another signature verifies")
    func unavailable() async throws {
        let keys = FetchedEventKeys(transport: ScriptedTransport([]), clock: KeyClock())
        let signatures = EventSignatures(keys: keys, secrets: [secret])
        let digital = [(EventVector.signature, Self.path)]
        let error = await #expect(throws: EventSignatures.Failure.self) {
            try await signatures.verify(body: EventVector.body, headers: Headers(digital: digital))
        }
        guard case .keysUnavailable? = error else { throw error ?? .missing }
        try await signatures.verify(
            body: EventVector.body, headers: Headers(digital: digital, hmac: EventVector.hmac))
    }
}
