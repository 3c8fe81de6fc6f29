import Cryptography
import Testing

@Suite struct Base64Tests {
    /// RFC 4648 §10, and bytes that need the last two characters of the alphabet.
    static let vectors: [(bytes: [UInt8], text: String)] = [
        ([], ""), (Array("f".utf8), "Zg=="), (Array("fo".utf8), "Zm8="), (Array("foo".utf8), "Zm9v"),
        (Array("foob".utf8), "Zm9vYg=="), (Array("fooba".utf8), "Zm9vYmE="), (Array("foobar".utf8), "Zm9vYmFy"),
        ([0xFB, 0xEF, 0xBE, 0xFF, 0xFF, 0xFF], "++++////"), ([0, 0, 0], "AAAA"), ([0], "AA=="),
    ]

    @Test("gives and reads the published texts", arguments: vectors)
    func published(_ vector: (bytes: [UInt8], text: String)) {
        #expect(Base64.encode(vector.bytes) == vector.text)
        #expect(Base64.encodeBytes(vector.bytes) == Array(vector.text.utf8))
        #expect(Base64.decode(vector.text) == vector.bytes)
    }

    @Test(
        "reads back what it wrote, whatever the length", arguments: Array(0...66) + [1 << 20, (3 << 20) + 1, 6 << 20])
    func roundTrip(_ count: Int) {
        let bytes = SecureRandom.bytes(count)
        let text = Base64.encode(bytes)
        #expect(Base64.decode(text) == bytes)
        #expect(Base64.encodeBytes(bytes) == Array(text.utf8))
    }

    @Test(
        "refuses whatever it would not have written",
        arguments: [
            "Z", "Zg", "Zg=", "Zm8", "Zg===", "Zm9v=", "Zm9v====", "====", "=", "==", "Zg==Zg==", "Z===", "=Zg=",
            "Zh==", "Zm9=", "Zm8=\n", "Zm8=\r\n", "Zm9v\nYmFy", " Zm9v", "Zm9v ", "Zm 9v", "\tZm9v", "    ",
            "-_-_", "Zm9-", "Zm9!", "Zm9\u{0}", "Zmé=", "Zm9v    ", "    Zm9v", "Zm=v", "Zm==Zm9v",
        ])
    func refused(_ text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
