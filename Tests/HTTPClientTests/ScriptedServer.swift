import Foundation
import Glibc
import Synchronization

/// A server that knows no HTTP beyond where a request ends: it answers the n-th request with the n-th reply of its
/// script. Blocking threads, one per connection, and a port that the system chooses.
final class ScriptedServer: Sendable {
    enum Reply: Sendable {
        /// The connection stays open.
        case bytes(String)
        case bytesThenCut(String)
        /// Never answers; waits until the client closes.
        case silence
        /// Ends the connection by FIN without an answer.
        case cut
        /// Ends the connection by RST without an answer.
        case reset
        /// Sends without end, until the client closes.
        case endless(head: String, chunk: String)
    }

    let port: UInt16
    /// Each request as text, head and body, when it has arrived whole.
    let arrivals: AsyncStream<String>
    /// One element for each connection that the client closed while the server was silent or sending.
    let hangUps: AsyncStream<Void>

    private let listener: Int32
    private let arrived: AsyncStream<String>.Continuation
    private let hungUp: AsyncStream<Void>.Continuation
    private let log: Mutex<Log>

    private struct Log {
        var replies: ArraySlice<Reply>
        var requests: [String] = []
        var connections = 0
    }

    var requests: [String] { log.withLock { $0.requests } }
    var connections: Int { log.withLock { $0.connections } }

    struct SocketFailure: Error { let call: String, code: Int32 }

    /// - Parameter replies: When they are used up, connections are cut.
    convenience init(_ replies: Reply...) throws { try self.init(replies: replies) }

    init(replies: [Reply]) throws {
        log = Mutex(Log(replies: replies[...]))
        (arrivals, arrived) = AsyncStream.makeStream()
        (hangUps, hungUp) = AsyncStream.makeStream()
        listener = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        port = try Loopback.listen(on: listener)
        let thread = Thread { [self] in acceptConnections() }
        thread.start()
    }

    func url(_ path: String = "/") -> String { "http://127.0.0.1:\(port)\(path)" }

    func stop() {
        shutdown(listener, Int32(SHUT_RDWR))
    }

    private func acceptConnections() {
        while case let connection = accept(listener, nil, nil), connection >= 0 {
            log.withLock { $0.connections += 1 }
            let thread = Thread { [self] in
                serve(connection)
                close(connection)
            }
            thread.start()
        }
        close(listener)
    }

    private func serve(_ connection: Int32) {
        while let request = Loopback.readRequest(from: connection) {
            let reply = log.withLock { log in
                log.requests.append(request)
                return log.replies.popFirst() ?? .cut
            }
            arrived.yield(request)
            switch reply {
            case .bytes(let text):
                guard Loopback.write(text, to: connection) else { return }
            case .bytesThenCut(let text):
                _ = Loopback.write(text, to: connection)
                return
            case .silence:
                while Loopback.readRequest(from: connection) != nil {}
                hungUp.yield()
                return
            case .cut:
                return
            case .reset:
                return Loopback.resetOnClose(connection)
            case .endless(let head, let chunk):
                guard Loopback.write(head, to: connection) else { return }
                while Loopback.write(chunk, to: connection) {}
                hungUp.yield()
                return
            }
        }
    }
}
