import Foundation
import Glibc
import Synchronization

@testable import HTTPClient

/// A mail server on 127.0.0.1 that follows a script, on blocking threads. It speaks plainly; with a TLS server behind
/// it, it hands connections over to that after STARTTLS.
final class SMTPServer: Sendable {
    struct Log: Sendable {
        /// Every command, in the order of arrival, those of all connections.
        var commands: [String] = []
        /// Mails as they were on the way, each ended by its dot.
        var mails: [String] = []
        var connections = 0
    }

    let port: UInt16
    private let listener: Int32
    private let script: SMTPScript
    private let tlsPort: UInt16?
    private let log: SharedLog

    /// What several sessions of one test write into.
    final class SharedLog: Sendable {
        private let content = Mutex(Log())
        /// Each command, when it has arrived.
        let arrivals: AsyncStream<String>
        private let arrived: AsyncStream<String>.Continuation

        init() { (arrivals, arrived) = AsyncStream.makeStream() }

        func note(_ command: String) {
            with { $0.commands.append(command) }
            arrived.yield(command)
        }

        func with<Value>(_ body: (inout Log) -> Value) -> Value { content.withLock { body(&$0) } }
    }

    var arrivals: AsyncStream<String> { log.arrivals }
    var commands: [String] { log.with { $0.commands } }
    var mails: [String] { log.with { $0.mails } }
    var connections: Int { log.with { $0.connections } }

    /// - Parameters:
    ///   - tlsPort: Where connections go on after STARTTLS.
    ///   - log: Where commands are written down.
    init(_ script: SMTPScript = SMTPScript(), tlsPort: UInt16? = nil, log: SharedLog = SharedLog()) throws {
        self.script = script
        self.tlsPort = tlsPort
        self.log = log
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try Loopback.listen(on: listener)
        let thread = Thread { [self] in acceptConnections() }
        thread.start()
    }

    func stop() { shutdown(listener, Int32(SHUT_RDWR)) }

    private func acceptConnections() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            log.with { $0.connections += 1 }
            let thread = Thread { [self] in
                let session = SMTPSession(script, log: log)
                if session.run(reading: connection, writing: connection) == .wantsTLS, let tlsPort {
                    Loopback.relay(connection, toPort: tlsPort)
                }
                close(connection)
            }
            thread.start()
        }
        close(listener)
    }
}

extension Loopback {
    /// Carries bytes both ways until both sides have ended.
    static func relay(_ connection: Int32, toPort port: UInt16) {
        let other = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(other) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(INADDR_LOOPBACK).bigEndian
        let connected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(other, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard connected == 0 else { return }
        let back = DispatchSemaphore(value: 0)
        let thread = Thread {
            copy(from: other, to: connection)
            back.signal()
        }
        thread.start()
        copy(from: connection, to: other)
        back.wait()
    }

    private static func copy(from source: Int32, to target: Int32) {
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while case let count = recv(source, &buffer, buffer.count, 0), count > 0 {
            guard send(target, buffer, count, Int32(MSG_NOSIGNAL)) == count else { break }
        }
        shutdown(target, Int32(SHUT_WR))
    }
}
