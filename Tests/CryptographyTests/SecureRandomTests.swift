import Cryptography
import Testing

@Suite struct SecureRandomTests {
    @Test("gives as many bytes as asked for", arguments: [0, 1, 32, 65_537])
    func count(_ count: Int) {
        #expect(SecureRandom.bytes(count).count == count)
        #expect(Hex.decode(SecureRandom.hex(bytes: count))?.count == count)
    }

    @Test("tokens drawn by several tasks at once all differ")
    func distinct() async {
        let tokens = await withTaskGroup(of: [String].self) { group in
            for _ in 0..<4 { group.addTask { (0..<250).map { _ in SecureRandom.hex(bytes: 16) } } }
            return await group.reduce(into: Set<String>()) { $0.formUnion($1) }
        }
        #expect(tokens.count == 1000)
    }
}
