/// What the peer has not taken yet of one response: empty unless a write would have blocked.
struct OutputBuffer {
    enum Progress: Equatable { case finished, blocked, failed }

    private var head: [UInt8] = []
    private var body: [UInt8] = []
    /// Bytes of head and body that are written.
    private var written = 0

    var isEmpty: Bool { head.isEmpty && body.isEmpty }

    /// Writes at once what can be written and keeps the rest. At most a head without a body may be kept before.
    mutating func send(_ head: [UInt8], _ body: [UInt8], through transport: any Transport) -> Progress {
        guard isEmpty else {
            self.head += head
            self.body = body
            return flush(through: transport)
        }
        written = 0
        let progress = Self.write(head, body, &written, through: transport)
        if progress == .blocked {
            self.head = head
            self.body = body
        }
        return progress
    }

    /// Goes on once the peer takes bytes again.
    mutating func flush(through transport: any Transport) -> Progress {
        let progress = Self.write(head, body, &written, through: transport)
        if progress != .blocked {
            head = []
            body = []
        }
        return progress
    }

    private static func write(
        _ head: [UInt8], _ body: [UInt8], _ written: inout Int, through transport: any Transport
    ) -> Progress {
        head.withUnsafeBytes { head in
            body.withUnsafeBytes { body in
                while written < head.count + body.count {
                    let result = transport.write(
                        UnsafeRawBufferPointer(rebasing: head[min(written, head.count)...]),
                        UnsafeRawBufferPointer(rebasing: body[max(written - head.count, 0)...]))
                    switch result {
                    case .bytes(let count): written += count
                    case .wouldBlock: return .blocked
                    case .failed: return .failed
                    }
                }
                return .finished
            }
        }
    }
}
