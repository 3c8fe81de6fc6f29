import Cryptography
import Testing

@Suite struct HexTests {
    @Test("writes lower-case digits and reads either case")
    func cases() {
        #expect(Hex.encode([0x00, 0x9A, 0xFF]) == "009aff")
        #expect(Hex.decode("009aff") == [0x00, 0x9A, 0xFF])
        #expect(Hex.decode("009AfF") == [0x00, 0x9A, 0xFF])
    }

    @Test("reads back every byte")
    func everyByte() {
        let bytes = Array(UInt8.min...UInt8.max)
        #expect(Hex.decode(Hex.encode(bytes)) == bytes)
        #expect(Hex.decode("") == [])
    }

    @Test(
        "refuses what is not pairs of digits",
        arguments: ["0", "abc", "0g", "g0", " 00", "00 ", "0x00", "00\n", "é0", "/0", ":0", "@0", "`0", "００"])
    func refused(_ text: String) {
        #expect(Hex.decode(text) == nil)
    }
}
