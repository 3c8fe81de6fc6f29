import Cryptography
import Testing

@Suite struct ConstantTimeEqualTests {
    @Test(
        "equal bytes are equal", arguments: [[], [0], [1, 2, 3], Array(repeating: 0xFF, count: 4096)] as [[UInt8]])
    func equal(_ bytes: [UInt8]) {
        #expect(constantTimeEqual(bytes, bytes))
    }

    @Test("one bit anywhere makes a difference", arguments: 0..<256)
    func oneBit(_ bit: Int) {
        let code = SecureRandom.bytes(32)
        var other = code
        other[bit / 8] ^= 1 << (bit % 8)
        #expect(!constantTimeEqual(code, other))
    }

    @Test("a beginning is not the whole")
    func lengths() {
        #expect(!constantTimeEqual([1, 2, 3], [1, 2]))
        #expect(!constantTimeEqual([], [0]))
    }
}
