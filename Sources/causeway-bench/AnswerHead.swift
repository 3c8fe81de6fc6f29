/// As much of an HTTP/1.1 answer as the generator needs; the server under test is ours and sends a Content-Length.
struct AnswerHead {
    static let limit = 64 << 10

    let status: Int
    /// Bytes of head and body together.
    let length: Int

    /// - Returns: `nil` while the head is incomplete.
    init?(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard bytes.count >= 16, let bodyStart = Self.endOfHead(bytes) else { return nil }
        var status = 0
        for digit in bytes[9..<12] { status = status * 10 + Int(digit &- 48) }
        self.status = status
        length = bodyStart + Self.contentLength(UnsafeBufferPointer(rebasing: bytes[..<bodyStart]))
    }

    private static func endOfHead(_ bytes: UnsafeBufferPointer<UInt8>) -> Int? {
        var index = 3
        while index < bytes.count {
            switch bytes[index] {
            case 0x0A where bytes[index - 2] == 0x0A: return index + 1
            case 0x0A, 0x0D: index += 1
            default: index += bytes[index] > 0x0D ? 2 : 1
            }
        }
        return nil
    }

    private static let name = Array("content-length:".utf8)

    private static func contentLength(_ head: UnsafeBufferPointer<UInt8>) -> Int {
        var line = 0
        while line + name.count < head.count {
            if zip(head[line...], name).allSatisfy({ $0 | 0x20 == $1 | 0x20 }) {
                return head[(line + name.count)...].drop { $0 == 0x20 }.prefix { $0 != 0x0D }
                    .reduce(0) { $0 * 10 + Int($1 &- 48) }
            }
            guard let end = head[line...].firstIndex(of: 0x0A) else { return 0 }
            line = end + 1
        }
        return 0
    }
}
