import Cryptography
import Testing

@Suite struct RSASignatureTests {
    struct Signed: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let message: [UInt8]
        let signature: String
    }

    static let adobe = [
        Signed(
            testDescription: "a Commerce webhook, over the base64 text of the body",
            message: Base64.encodeBytes(Array(AdobeVectors.webhookBody.utf8)),
            signature: AdobeVectors.overBase64OfBody),
        Signed(
            testDescription: "a webhook over the body itself", message: Array(AdobeVectors.webhookBody.utf8),
            signature: AdobeVectors.overRawBody),
        Signed(
            testDescription: "a webhook whose body was written anew",
            message: Base64.encodeBytes(Array(AdobeVectors.reserialisedBody.utf8)),
            signature: AdobeVectors.overBase64OfReserialisedBody),
        Signed(
            testDescription: "an Adobe I/O event", message: Array(AdobeVectors.eventBody.utf8),
            signature: AdobeVectors.overEventBody),
    ]

    @Test("verifies what Adobe signed", arguments: adobe)
    func verifiesAdobe(_ signed: Signed) throws {
        let key = try RSAPublicKey(pem: AdobeVectors.publicKey)
        let signature = try #require(Base64.decode(signed.signature))
        #expect(key.bits == 2048)
        #expect(key.verifies(signature: signature, of: signed.message))
    }

    @Test("refuses each signature for each other message", arguments: adobe, adobe)
    func refusesOthers(_ signed: Signed, _ other: Signed) throws {
        let key = try RSAPublicKey(pem: AdobeVectors.publicKey)
        let signature = try #require(Base64.decode(signed.signature))
        let same = signed.testDescription == other.testDescription
        #expect(key.verifies(signature: signature, of: other.message) == same)
    }

    @Test(
        "refuses a signature with one bit changed", arguments: Array(0..<8) + Array(stride(from: 8, to: 2048, by: 61))
    )
    func tamperedSignature(_ bit: Int) throws {
        let key = try RSAPublicKey(pem: SampleKeys.publicKey)
        var signature = try #require(Base64.decode(SampleKeys.signature))
        signature[bit / 8] ^= 0x80 >> (bit % 8)
        #expect(!key.verifies(signature: signature, of: Array(SampleKeys.signedText.utf8)))
    }

    @Test("refuses a message with one bit changed", arguments: 0..<(SampleKeys.signedText.utf8.count * 8))
    func tamperedMessage(_ bit: Int) throws {
        let key = try RSAPublicKey(pem: SampleKeys.publicKey)
        let signature = try #require(Base64.decode(SampleKeys.signature))
        var message = Array(SampleKeys.signedText.utf8)
        message[bit / 8] ^= 1 << (bit % 8)
        #expect(!key.verifies(signature: signature, of: message))
    }

    @Test(
        "refuses a signature of another length",
        arguments: [
            { _ in [] }, { Array($0.dropLast()) }, { Array($0.dropFirst()) }, { $0 + [0] }, { [0] + $0 }, { $0 + $0 },
            { _ in Array(repeating: 0, count: 256) }, { _ in Array(repeating: 0xFF, count: 256) },
        ] as [@Sendable ([UInt8]) -> [UInt8]])
    func wrongLength(_ change: @Sendable ([UInt8]) -> [UInt8]) throws {
        let key = try RSAPublicKey(pem: SampleKeys.publicKey)
        let signature = try #require(Base64.decode(SampleKeys.signature))
        #expect(!key.verifies(signature: change(signature), of: Array(SampleKeys.signedText.utf8)))
    }

    @Test("signs as the openssl command does")
    func signsAsOthersDo() throws {
        let key = try RSAPrivateKey(pem: SampleKeys.pkcs1PrivateKey)
        #expect(Base64.encode(try key.sign(Array(SampleKeys.signedText.utf8))) == SampleKeys.signature)
        #expect(key.publicKeyPEM == SampleKeys.publicKey + "\n")
    }

    @Test("verifies what a generated key signed, an empty message too, and after both were written as text")
    func generated() throws {
        let original = try RSAPrivateKey.generate()
        let key = try RSAPrivateKey(pem: original.pem)
        let publicKey = try RSAPublicKey(pem: original.publicKeyPEM)
        let stranger = try RSAPublicKey(pem: SampleKeys.publicKey)
        for message in [[], Array("hello".utf8), Array(repeating: 7, count: 100_000)] as [[UInt8]] {
            let signature = try key.sign(message)
            #expect(signature.count == 256)
            #expect(publicKey.verifies(signature: signature, of: message))
            #expect(!publicKey.verifies(signature: signature, of: message + [0]))
            #expect(!stranger.verifies(signature: signature, of: message))
        }
    }

    @Test("one key serves many tasks at once")
    func concurrent() async throws {
        let key = try RSAPrivateKey(pem: SampleKeys.pkcs1PrivateKey)
        let publicKey = try RSAPublicKey(pem: SampleKeys.publicKey)
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for task in 0..<8 {
                group.addTask {
                    try (0..<20).allSatisfy { round in
                        let message = Array("\(task) \(round)".utf8)
                        let signature = try key.sign(message)
                        return publicKey.verifies(signature: signature, of: message)
                            && !publicKey.verifies(signature: signature, of: message + [0])
                    }
                }
            }
            for try await agreed in group { #expect(agreed) }
        }
    }
}
