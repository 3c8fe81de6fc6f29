import Cryptography
import Testing

@Suite("RSA keys as JSON Web Keys write them")
struct RSAPublicKeyJWKTests {
    private static let key: RSAPrivateKey? = try? .generate()

    @Test("modulus and exponent make the key that they came from")
    func roundTrip() throws {
        let key = try #require(Self.key)
        let numbers = try RSAPublicKey(pem: key.publicKeyPEM).numbers
        #expect(numbers.modulus.count == 256 && numbers.exponent == [1, 0, 1])
        let again = try RSAPublicKey(modulus: numbers.modulus, exponent: numbers.exponent)
        #expect(again.bits == 2048)
        #expect(again.verifies(signature: try key.sign([1, 2, 3]), of: [1, 2, 3]))
        #expect(!again.verifies(signature: try key.sign([1, 2, 3]), of: [1, 2, 4]))
        // Some issuers write a leading zero, which RFC 7518 §6.3.1.1 forbids and which changes nothing.
        #expect(try RSAPublicKey(modulus: [0] + numbers.modulus, exponent: [0, 1, 0, 1]).bits == 2048)
    }

    struct Row: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let modulus: [UInt8]
        let exponent: [UInt8]
    }

    static let sound = [UInt8](repeating: 0xC5, count: 256)
    static let unsound = [
        Row(testDescription: "no modulus", modulus: [], exponent: [1, 0, 1]),
        Row(testDescription: "1024 bits", modulus: [UInt8](repeating: 0xC5, count: 128), exponent: [1, 0, 1]),
        Row(testDescription: "2040 bits", modulus: [0] + [UInt8](repeating: 0xC5, count: 255), exponent: [1, 0, 1]),
        Row(testDescription: "an even modulus", modulus: sound.dropLast() + [0xC4], exponent: [1, 0, 1]),
        Row(testDescription: "more than 16384 bits", modulus: [UInt8](repeating: 0xC5, count: 4096), exponent: [3]),
        Row(testDescription: "no exponent", modulus: sound, exponent: []),
        Row(testDescription: "an exponent of zero", modulus: sound, exponent: [0]),
        Row(testDescription: "an exponent of one", modulus: sound, exponent: [1]),
        Row(testDescription: "an even exponent", modulus: sound, exponent: [1, 0, 0]),
        Row(testDescription: "an endless exponent", modulus: sound, exponent: [UInt8](repeating: 0xFF, count: 256)),
    ]

    @Test("what is no sound key of at least 2048 bits is refused", arguments: unsound)
    func refused(_ row: Row) {
        #expect(throws: KeyError.self) { try RSAPublicKey(modulus: row.modulus, exponent: row.exponent) }
    }
}
