import Glibc

/// One connection with at most one request in flight.
struct LoadConnection {
    /// The most that one read takes.
    static let readBytes = 64 << 10

    let descriptor: Int32
    private let tls: TLSConnection?
    /// When the request in flight was sent; `nil` if none is.
    var sentAt: UInt64?
    /// What the socket did not take yet.
    private var unsent: ArraySlice<UInt8> = []
    private var input: [UInt8] = []

    /// Connects to the loopback interface; blocks until the server's backlog took it.
    /// - Parameter tls: With it, the handshake goes on in the calls of `send`, `sendRest` and `read`.
    init(port: UInt16, tls: TLSClient? = nil) throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw BenchError.last("socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
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
        self.descriptor = descriptor
        self.tls = try tls?.connect(descriptor)
    }

    func close() {
        tls?.finish()
        Glibc.close(descriptor)
    }

    var hasUnsent: Bool { !unsent.isEmpty }

    /// Whether the rest can be sent as soon as the socket takes output. Otherwise a handshake needs input first.
    var awaitsOutput: Bool { hasUnsent && tls?.awaitsOutput != false }

    /// Sends head and body with one call; keeps what the socket does not take.
    mutating func send(_ head: [UInt8], _ body: [UInt8]) throws {
        if tls != nil {
            unsent = (head + body)[...]
            return try sendRest()
        }
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
        let sent = try unsent.withUnsafeBytes {
            try tls?.write($0) ?? write(descriptor, $0.baseAddress, $0.count)
        }
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
        while let count = try receive(buffer) {
            guard count > 0 else { return .closed }
            let received = UnsafeBufferPointer(rebasing: buffer[..<count])
            // As a rule an answer comes in one piece and needs no copy.
            if input.isEmpty, let head = AnswerHead(received), head.length <= count {
                return .answer(status: head.status)
            }
            input.append(contentsOf: received)
            guard input.count <= AnswerHead.limit else { throw BenchError.answerTooLarge(limit: AnswerHead.limit) }
            if let head = input.withUnsafeBufferPointer(AnswerHead.init), head.length <= input.count {
                input.removeAll(keepingCapacity: true)
                return .answer(status: head.status)
            }
        }
        return .incomplete
    }

    /// - Returns: `nil` if there is nothing yet, 0 at the end.
    private func receive(_ buffer: UnsafeMutableBufferPointer<UInt8>) throws -> Int? {
        if let tls { return try tls.read(into: UnsafeMutableRawBufferPointer(buffer)) }
        let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
        guard count < 0 else { return count }
        switch errno {
        case EAGAIN: return nil
        case ECONNRESET: return 0
        default: throw BenchError.last("read")
        }
    }

    /// Sends a request and waits for its answer: for the odd one outside of a measurement.
    /// - Returns: The answer as it stands on the wire; `nil` if it did not come in time.
    mutating func exchange(_ request: [UInt8], within milliseconds: Int32) throws -> [UInt8]? {
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: AnswerHead.limit)
        defer { buffer.deallocate() }
        var answer: [UInt8] = []
        try send(request, [])
        while true {
            if let count = try receive(buffer) {
                answer += buffer[..<count]
                let isWhole = answer.withUnsafeBufferPointer(AnswerHead.init).map { $0.length <= answer.count }
                if isWhole == true || count == 0 { return answer }
                continue
            }
            var polled = pollfd(fd: descriptor, events: Int16(awaitsOutput ? POLLIN | POLLOUT : POLLIN), revents: 0)
            guard poll(&polled, 1, milliseconds) == 1 else { return nil }
            try sendRest()
        }
    }
}
