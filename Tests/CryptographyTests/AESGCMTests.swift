import Testing

@testable import Cryptography

/// The 256-bit test cases of "The Galois/Counter Mode of Operation", appendix B, by their number there.
private struct Case: CustomTestStringConvertible {
    var testDescription: String
    var key: String
    var nonce: String
    var text: String
    var context = ""
    var cipher: String
    var tag: String
}

private let cases = [
    Case(
        testDescription: "13", key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24),
        text: "", cipher: "", tag: "530f8afbc74536b9a963b4f1c4cb738b"),
    Case(
        testDescription: "14", key: String(repeating: "0", count: 64), nonce: String(repeating: "0", count: 24),
        text: String(repeating: "0", count: 32), cipher: "cea7403d4d606b6e074ec5d3baf39d18",
        tag: "d0d1c8a799996bf0265b98b5d48ab919"),
    Case(
        testDescription: "16", key: "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308",
        nonce: "cafebabefacedbaddecaf888",
        text: "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
            + "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
        context: "feedfacedeadbeeffeedfacedeadbeefabaddad2",
        cipher: "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
            + "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662",
        tag: "76fc6ece0f4e1768cddf8853bb2d551b"),
]

@Suite("AES-256-GCM")
struct AESGCMTests {
    @Test("opens what the specification's test cases seal", arguments: cases)
    private func knownAnswer(_ known: Case) throws {
        let key = try #require(Hex.decode(known.key))
        let cipher = try #require(AESGCM(key: key))
        let sealed = try #require(Hex.decode(known.nonce + known.cipher + known.tag))
        let context = try #require(Hex.decode(known.context))
        #expect(cipher.open(sealed[...], context: context).map(Hex.encode) == known.text)
    }

    @Test("opens what it sealed, whatever its length", arguments: [0, 1, 15, 16, 17, 2048, 1 << 20])
    func roundTrip(_ length: Int) throws {
        let cipher = try #require(AESGCM(key: SecureRandom.bytes(32)))
        let bytes = SecureRandom.bytes(length)
        let sealed = cipher.seal(bytes, context: Array("body".utf8))
        #expect(sealed.count == length + AESGCM.nonceByteCount + AESGCM.tagByteCount)
        #expect(cipher.open(sealed[...], context: Array("body".utf8)) == bytes)
    }

    @Test("never seals twice alike")
    func nonces() throws {
        let cipher = try #require(AESGCM(key: SecureRandom.bytes(32)))
        #expect(Set((0..<100).map { _ in cipher.seal([1, 2, 3], context: []) }).count == 100)
    }

    @Test("does not open what was changed, at whatever place")
    func changed() throws {
        let cipher = try #require(AESGCM(key: SecureRandom.bytes(32)))
        let sealed = cipher.seal(Array("an order".utf8), context: [7])
        for place in sealed.indices {
            var bad = sealed
            bad[place] ^= 1
            #expect(cipher.open(bad[...], context: [7]) == nil)
        }
    }

    @Test("does not open what belongs elsewhere, what another key sealed, and what is cut")
    func foreign() throws {
        let (key, other) = (SecureRandom.bytes(32), SecureRandom.bytes(32))
        let cipher = try #require(AESGCM(key: key))
        let sealed = cipher.seal(Array("an order".utf8), context: [7])
        #expect(cipher.open(sealed[...], context: [8]) == nil)
        #expect(cipher.open(sealed[...], context: []) == nil)
        #expect(try #require(AESGCM(key: other)).open(sealed[...], context: [7]) == nil)
        for length in [0, 1, 27, sealed.count - 1] {
            #expect(cipher.open(sealed.prefix(length), context: [7]) == nil)
        }
    }

    @Test("takes keys of 32 bytes only", arguments: [0, 16, 24, 31, 33])
    func keyLength(_ length: Int) { #expect(AESGCM(key: [UInt8](repeating: 1, count: length)) == nil) }
}
