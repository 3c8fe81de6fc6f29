import Glibc

/// A blocking client on a plain socket: sends exactly the bytes it is given.
class TestClient {
    struct Failure: Error { let message: String }

    /// One response as it came: head fields in lower case, body by Content-Length.
    struct Reply: Equatable {
        var status: Int
        var fields: [String: String]
        var body: String
    }

    private let descriptor: Int32
    private var received: [UInt8] = []

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failure(message: "connect: \(errno)") }
        limitWaiting()
    }

    init(unixPath: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: unixPath.utf8) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else { throw Failure(message: "connect: \(errno)") }
        limitWaiting()
    }

    private func limitWaiting() {
        // A test that waits for bytes that never come fails instead of hanging.
        var limit = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw Failure(message: "send: \(errno)") }
            sent += count
        }
    }

    func finishWriting() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// - Parameter isForHEAD: Whether no body follows whatever Content-Length says.
    func reply(isForHEAD: Bool = false) throws -> Reply {
        let head = try line(until: "\r\n\r\n")
        var lines = head.split(separator: "\r\n").map(String.init)
        let status = lines.removeFirst().split(separator: " ")
        guard status.count >= 2, status[0] == "HTTP/1.1", let code = Int(status[1]) else {
            throw Failure(message: "not a status line: \(head)")
        }
        var fields: [String: String] = [:]
        for line in lines {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[parts[0].lowercased()] = parts[1].drop { $0 == " " }.description
        }
        let length = isForHEAD ? 0 : Int(fields["content-length"] ?? "0") ?? 0
        while received.count < length { try fill() }
        let body = String(decoding: received[..<length], as: UTF8.self)
        received.removeFirst(length)
        return Reply(status: code, fields: fields, body: body)
    }

    /// Whether the server has closed and sent nothing more. A reset counts as `nil`.
    func isAtEnd() throws -> Bool? {
        guard received.isEmpty else { return false }
        guard let bytes = try receive() else { return nil }
        received += bytes
        return bytes.isEmpty
    }

    /// What comes next; empty at the end, `nil` after a reset.
    func receive() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 65536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == ECONNRESET { return nil }
        guard count >= 0 else { throw Failure(message: "recv: \(errno)") }
        return Array(buffer[..<count])
    }

    private func line(until end: String) throws -> String {
        let end = Array(end.utf8)
        while true {
            if let position = received.indices.first(where: { received[$0...].starts(with: end) }) {
                let text = String(decoding: received[..<position], as: UTF8.self)
                received.removeFirst(position + end.count)
                return text
            }
            try fill()
        }
    }

    private func fill() throws {
        guard let bytes = try receive(), !bytes.isEmpty else {
            throw Failure(message: "the server sent only \(String(decoding: received, as: UTF8.self))")
        }
        received += bytes
    }
}
