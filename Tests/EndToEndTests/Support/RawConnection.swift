import Glibc

/// One TCP connection of its own, which no client library reuses or hides.
final class RawConnection {
    struct Failure: Error { var message: String }

    private let descriptor: Int32

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
        var limit = timeval(tv_sec: 30, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
    }

    deinit { close(descriptor) }

    func get(_ path: String) throws -> Int {
        try send(path)
        return try status()
    }

    func send(_ path: String) throws {
        let text = "GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n"
        let count = text.utf8.count
        guard Glibc.send(descriptor, text, count, Int32(MSG_NOSIGNAL)) == count else {
            throw Failure(message: "send: \(errno)")
        }
    }

    /// The status of the next answer, which is small enough to come in one piece.
    func status() throws -> Int {
        var buffer = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        guard count > 12, let status = Int(String(decoding: buffer[9..<12], as: UTF8.self)) else {
            throw Failure(message: "recv: \(count), \(errno)")
        }
        return status
    }
}
