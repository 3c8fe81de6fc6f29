import Glibc

/// The blocking socket calls that the test servers are made of.
enum Loopback {
    /// - Returns: The port that the system chose on 127.0.0.1.
    static func listen(on listener: Int32) throws(ScriptedServer.SocketFailure) -> UInt16 {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let failed: String? = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                guard bind(listener, address, length) == 0 else { return "bind" }
                guard Glibc.listen(listener, 64) == 0 else { return "listen" }
                return getsockname(listener, address, &length) == 0 ? nil : "getsockname"
            }
        }
        if let failed { throw ScriptedServer.SocketFailure(call: failed, code: errno) }
        return UInt16(bigEndian: address.sin_port)
    }

    /// A port on which nobody listens: it was just given back.
    static func unusedPort() throws -> UInt16 {
        let listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(listener) }
        return try listen(on: listener)
    }

    /// Head and body (by `Content-Length`), or `nil` when the client has closed.
    static func readRequest(from connection: Int32) -> String? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            if let length = wholeLength(of: bytes), bytes.count >= length {
                return String(decoding: bytes.prefix(length), as: UTF8.self)
            }
            let count = recv(connection, &buffer, buffer.count, 0)
            guard count > 0 else { return nil }
            bytes += buffer.prefix(count)
        }
    }

    static func write(_ text: String, to connection: Int32) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                send(connection, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    static func resetOnClose(_ connection: Int32) {
        var option = linger(l_onoff: 1, l_linger: 0)
        setsockopt(connection, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private static func wholeLength(of bytes: [UInt8]) -> Int? {
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.firstRange(of: "\r\n\r\n") else { return nil }
        let head = text[..<end.lowerBound]
        let length = head.split(separator: "\r\n").lazy
            .filter { $0.lowercased().hasPrefix("content-length:") }
            .compactMap { Int($0.dropFirst("content-length:".count).drop { $0 == " " }) }.first
        return head.utf8.count + 4 + (length ?? 0)
    }
}
