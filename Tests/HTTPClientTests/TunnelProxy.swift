import Foundation
import Glibc
import Synchronization

/// A proxy that knows `CONNECT` alone: notes the head of each request, then carries bytes both ways. Blocking threads,
/// three for each connection.
final class TunnelProxy: Sendable {
    let port: UInt16
    private let listener: Int32
    private let log = Mutex<[String]>([])

    /// Heads as they came.
    var requests: [String] { log.withLock { $0 } }

    init() throws {
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try Loopback.listen(on: listener)
        let thread = Thread { [self] in
            while case let client = accept(listener, nil, nil), client >= 0 {
                let thread = Thread { [self] in serve(client) }
                thread.start()
            }
            close(listener)
        }
        thread.start()
    }

    var url: String { "http://127.0.0.1:\(port)" }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Closes both ends when both have said all.
    private func serve(_ client: Int32) {
        defer { close(client) }
        guard let head = Loopback.readRequest(from: client) else { return }
        log.withLock { $0.append(head) }
        // `CONNECT 127.0.0.1:43210 HTTP/1.1`
        let target = head.split(separator: " ").dropFirst().first?.split(separator: ":").last
        guard let port = target.flatMap({ UInt16($0) }), let server = Self.connect(to: port) else {
            _ = Loopback.write("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n", to: client)
            return
        }
        defer { close(server) }
        guard Loopback.write("HTTP/1.1 200 Connection established\r\n\r\n", to: client) else { return }
        let back = DispatchSemaphore(value: 0)
        let thread = Thread {
            Self.carry(from: server, to: client)
            back.signal()
        }
        thread.start()
        Self.carry(from: client, to: server)
        back.wait()
    }

    private static func carry(from source: Int32, to target: Int32) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while case let count = recv(source, &buffer, buffer.count, 0), count > 0 {
            guard send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(target, Int32(SHUT_WR))
    }

    private static func connect(to port: UInt16) -> Int32? {
        let server = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(server, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else {
            close(server)
            return nil
        }
        return server
    }
}
