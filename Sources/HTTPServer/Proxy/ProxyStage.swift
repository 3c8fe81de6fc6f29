import Glibc

/// Takes the PROXY header off a new connection, before TLS or HTTP sees its first byte.
///
/// It looks at what the kernel has (`MSG_PEEK`) and takes exactly the header, so that whatever reads the descriptor
/// next, finds the stream at its beginning. Used on the connection's event loop only.
struct ProxyStage {
    enum Outcome: Equatable {
        case waiting
        case done(ProxyHeader)
        /// Malformed, ended or broken: nothing is left but to close.
        case failed
    }

    let descriptor: Int32
    let origin: ConnectionOrigin
    /// When it is given up. Monotonic nanoseconds.
    let deadline: UInt64
    /// Of the listener that accepted it.
    let responder: any Responder
    let makeTransport: @Sendable () -> any Transport
    /// Whether the peer was reported to have finished: that is reported once, and whoever reads next must know.
    var hasEnded = false
    private var parser = ProxyHeaderParser()

    init(
        descriptor: Int32, origin: ConnectionOrigin, deadline: UInt64, responder: any Responder,
        makeTransport: @escaping @Sendable () -> any Transport
    ) {
        self.descriptor = descriptor
        self.origin = origin
        self.deadline = deadline
        self.responder = responder
        self.makeTransport = makeTransport
    }

    /// Reads what is there, until it would wait.
    mutating func advance(_ buffer: UnsafeMutableRawBufferPointer) -> Outcome {
        while true {
            let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_PEEK))
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { return .waiting }
            guard count > 0 else { return .failed }
            let (used, header) = parse(buffer[..<count])
            guard let used, recv(descriptor, buffer.baseAddress, used, 0) == used else { return .failed }
            if let header { return .done(header) }
        }
    }

    /// - Returns: How many bytes belong to the header, or `nil` if it is malformed.
    private mutating func parse(_ bytes: Slice<UnsafeMutableRawBufferPointer>) -> (used: Int?, header: ProxyHeader?) {
        for (index, byte) in bytes.enumerated() {
            do throws(ProxyHeaderError) {
                if let header = try parser.receive(byte) { return (index + 1, header) }
            } catch {
                return (nil, nil)
            }
        }
        return (bytes.count, nil)
    }
}
