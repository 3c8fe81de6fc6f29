import Glibc

/// One connection with at most one request in flight.
struct LoadConnection {
    /// The most that one read takes.
    static let readBytes = 64 << 10

    private(set) var descriptor: Int32
    /// When the request in flight was sent; `nil` if none is.
    var sentAt: UInt64?
    /// What the socket did not take yet.
    private var unsent: ArraySlice<UInt8> = []
    private var input: [UInt8] = []

    /// Connects to the loopback interface; blocks until the server's backlog took it.
    init(port: UInt16) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchError.last("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let descriptor = descriptor
        let connected = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else {
            let failure = BenchError.last("connect to 127.0.0.1:\(port)")
            Glibc.close(descriptor)
            throw failure
        }
        var on: Int32 = 1
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        guard fcntl(descriptor, F_SETFL, O_NONBLOCK) == 0 else { throw BenchError.last("fcntl") }
    }

    func close() { Glibc.close(descriptor) }

    var hasUnsent: Bool { !unsent.isEmpty }

    /// Sends head and body with one call; keeps what the socket does not take.
    mutating func send(_ head: [UInt8], _ body: [UInt8]) throws {
        let descriptor = descriptor
        let sent = head.withUnsafeBytes { head in
            body.withUnsafeBytes { body in
                var parts = [
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress), iov_len: head.count),
                    iovec(iov_base: UnsafeMutableRawPointer(mutating: body.baseAddress), iov_len: body.count),
                ]
                return writev(descriptor, &parts, 2)
            }
        }
        guard sent >= 0 || errno == EAGAIN else { throw BenchError.last("writev") }
        if sent < head.count + body.count { unsent = (head + body).dropFirst(max(sent, 0)) }
    }

    mutating func sendRest() throws {
        guard !unsent.isEmpty else { return }
        let descriptor = descriptor
        let sent = unsent.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard sent >= 0 || errno == EAGAIN else { throw BenchError.last("write") }
        unsent = unsent.dropFirst(max(sent, 0))
    }

    enum Reading {
        case incomplete
        case answer(status: Int)
        case closed
    }

    /// - Parameter buffer: Room to read into, shared by all connections.
    mutating func read(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Reading {
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        if count == 0 || (count < 0 && errno == ECONNRESET) { return .closed }
        guard count > 0 else {
            if errno == EAGAIN { return .incomplete }
            throw BenchError.last("read")
        }
        let received = UnsafeBufferPointer(rebasing: buffer[..<count])
        // As a rule an answer comes in one piece and needs no copy.
        if input.isEmpty, let head = AnswerHead(received), head.length <= count {
            return .answer(status: head.status)
        }
        input.append(contentsOf: received)
        guard input.count <= AnswerHead.limit else { throw BenchError.answerTooLarge(limit: AnswerHead.limit) }
        guard let head = input.withUnsafeBufferPointer(AnswerHead.init), head.length <= input.count else {
            return .incomplete
        }
        input.removeAll(keepingCapacity: true)
        return .answer(status: head.status)
    }
}
