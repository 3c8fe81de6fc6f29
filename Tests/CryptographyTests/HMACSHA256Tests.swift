import Cryptography
import Testing

@Suite struct HMACSHA256Tests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let key: [UInt8]
        let message: [UInt8]
        let code: String
    }

    static let vectors = [
        Vector(
            testDescription: "RFC 4231 §4.2", key: Array(repeating: 0x0B, count: 20), message: Array("Hi There".utf8),
            code: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"),
        Vector(
            testDescription: "RFC 4231 §4.3, a key shorter than the code", key: Array("Jefe".utf8),
            message: Array("what do ya want for nothing?".utf8),
            code: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"),
        Vector(
            testDescription: "RFC 4231 §4.4", key: Array(repeating: 0xAA, count: 20),
            message: Array(repeating: 0xDD, count: 50),
            code: "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"),
        Vector(
            testDescription: "RFC 4231 §4.5", key: Array(0x01...0x19), message: Array(repeating: 0xCD, count: 50),
            code: "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"),
        Vector(
            testDescription: "RFC 4231 §4.7, a key longer than a block", key: Array(repeating: 0xAA, count: 131),
            message: Array("Test Using Larger Than Block-Size Key - Hash Key First".utf8),
            code: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"),
        Vector(
            testDescription: "RFC 4231 §4.8, key and message longer than a block",
            key: Array(repeating: 0xAA, count: 131),
            message: Array(
                ("This is a test using a larger than block-size key and a larger than block-size data. "
                    + "The key needs to be hashed before being used by the HMAC algorithm.").utf8),
            code: "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"),
        Vector(
            testDescription: "an empty key and an empty message", key: [], message: [],
            code: "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"),
        Vector(
            testDescription: "a Commerce webhook", key: Array(AdobeVectors.sharedSecret.utf8),
            message: Array(AdobeVectors.webhookBody.utf8), code: AdobeVectors.hmacOverBodyHex),
    ]

    @Test("gives the published codes", arguments: vectors)
    func publishedCodes(_ vector: Vector) {
        #expect(Hex.encode(HMACSHA256.code(key: vector.key, message: vector.message)) == vector.code)
    }

    struct Signed: Sendable {
        let secret: String
        let message: [UInt8]
        let code: String
    }

    @Test(
        "gives the codes that Adobe sends as base64",
        arguments: [
            Signed(
                secret: AdobeVectors.sharedSecret, message: Array(AdobeVectors.webhookBody.utf8),
                code: AdobeVectors.hmacOverBodyBase64),
            Signed(
                secret: AdobeVectors.sharedSecret,
                message: Base64.encodeBytes(Array(AdobeVectors.webhookBody.utf8)),
                code: AdobeVectors.hmacOverBase64OfBodyBase64),
            Signed(
                secret: AdobeVectors.eventClientSecret, message: Array(AdobeVectors.eventBody.utf8),
                code: AdobeVectors.hmacOverEventBodyBase64),
        ])
    func adobeCodes(_ signed: Signed) {
        #expect(
            Base64.encode(HMACSHA256.code(key: Array(signed.secret.utf8), message: signed.message)) == signed.code)
    }

    @Test("an empty key is not the key of the call before")
    func emptyKeyLeavesNothingBehind() {
        let message = Array("message".utf8)
        let before = HMACSHA256.code(key: [], message: message)
        _ = HMACSHA256.code(key: Array("secret".utf8), message: message)
        #expect(HMACSHA256.code(key: [], message: message) == before)
    }

    @Test("calls on several threads at once don't disturb each other")
    func concurrentCalls() async {
        await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<500).allSatisfy { round in
                        let vector = HMACSHA256Tests.vectors[round % HMACSHA256Tests.vectors.count]
                        return Hex.encode(HMACSHA256.code(key: vector.key, message: vector.message)) == vector.code
                    }
                }
            }
            for await agreed in group { #expect(agreed) }
        }
    }
}
