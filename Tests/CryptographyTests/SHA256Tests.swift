import Cryptography
import Testing

@Suite struct SHA256Tests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let message: [UInt8]
        let digest: String
    }

    /// FIPS 180-2 appendix B, and the empty message of NIST's SHA256ShortMsg vectors.
    static let vectors = [
        Vector(
            testDescription: "the empty message", message: [],
            digest: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        Vector(
            testDescription: "one block", message: Array("abc".utf8),
            digest: "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        Vector(
            testDescription: "two blocks",
            message: Array("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq".utf8),
            digest: "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
        Vector(
            testDescription: "a million letters", message: Array(repeating: UInt8(ascii: "a"), count: 1_000_000),
            digest: "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ]

    @Test("gives the published digests", arguments: vectors)
    func publishedDigests(_ vector: Vector) {
        #expect(Hex.encode(SHA256.hash(vector.message)) == vector.digest)
        #expect(Hex.encode(vector.message.withUnsafeBytes { SHA256.hash($0) }) == vector.digest)
    }

    @Test("hashes an empty buffer without an address")
    func bufferWithoutAddress() {
        #expect(SHA256.hash(UnsafeRawBufferPointer(start: nil, count: 0)) == SHA256.hash([]))
    }
}
