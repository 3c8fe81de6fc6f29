import Dispatch
import Glibc
import Logging

/// Accepts connections on one address and deals them out.
///
/// `@unchecked Sendable`: the variables are used only on `queue`, except that `start` sets `source` before
/// anything runs there.
final class Listener: @unchecked Sendable {
    /// Connections accepted before other blocks of the queue get their turn.
    private static let batch = 64
    /// How long to wait before trying again when there is no room for another connection.
    private static let pause = DispatchTimeInterval.milliseconds(50)
    /// A shortage is logged at most this often. Nanoseconds: one minute.
    private static let warningInterval: UInt64 = 60_000_000_000

    let address: SocketAddress
    private let descriptor: Int32
    /// What a Unix-domain socket left in the file system.
    private let file: UnixSocket.File?
    private let queue = DispatchQueue(label: "http.listener")
    private let logger: Logger
    private var source: (any DispatchSourceRead)?
    private var isPaused = false
    private var lastWarning: UInt64?

    /// Binds and listens; connections wait in the backlog until `start`.
    init(_ configuration: ListenerConfiguration, backlog: Int, logger: Logger) throws(ServerError) {
        if let inherited = configuration.inherited {
            descriptor = inherited.descriptor
            address = ListeningSocket.address(of: descriptor) ?? configuration.address
            file = nil
        } else if let path = configuration.address.unixPath {
            address = configuration.address
            (descriptor, file) = try UnixSocket.open(path: path, mode: configuration.socketMode, backlog: backlog)
        } else {
            (descriptor, address) = try ListeningSocket.open(configuration.address, backlog: backlog)
            file = nil
        }
        self.logger = logger
    }

    /// Closes the socket of a listener that was never started.
    func abandon() {
        file?.remove()
        close(descriptor)
    }

    /// - Parameters:
    ///   - hasRoom: Whether another connection may be opened.
    ///   - accepted: Owns the descriptor from then on.
    func start(
        hasRoom: @escaping @Sendable () -> Bool, accepted: @escaping @Sendable (Int32, SocketAddress?) -> Void
    ) {
        let source = DispatchSource.makeReadSource(fileDescriptor: descriptor, queue: queue)
        source.setEventHandler { self.accept(hasRoom, accepted) }
        self.source = source
        source.activate()
    }

    private func accept(_ hasRoom: () -> Bool, _ accepted: (Int32, SocketAddress?) -> Void) {
        for _ in 0..<Self.batch {
            guard hasRoom() else { return pause("maxConnections is reached") }
            let (socket, peer) = SystemCalls.accept(descriptor)
            guard socket < 0 else {
                accepted(socket, SocketAddress(peer))
                continue
            }
            switch errno {
            case EAGAIN: return
            case EMFILE, ENFILE, ENOBUFS, ENOMEM: return pause(SystemCalls.message(errno))
            default: continue  // The peer was gone before it was accepted (accept(2)).
            }
        }
    }

    /// Connections wait in the backlog; those that are open go on and make room by closing.
    private func pause(_ reason: String) {
        guard !isPaused, let source else { return }
        isPaused = true
        source.suspend()
        queue.asyncAfter(deadline: .now() + Self.pause) { self.resume() }
        let now = SystemCalls.monotonicNow()
        if let lastWarning, now - lastWarning < Self.warningInterval { return }
        lastWarning = now
        logger.warning("accepting paused", metadata: ["address": "\(address)", "reason": "\(reason)"])
    }

    private func resume() {
        guard isPaused else { return }
        isPaused = false
        source?.resume()
    }

    /// Returns when the socket is closed.
    func stop() async {
        await withCheckedContinuation { continuation in
            queue.async {
                guard let source = self.source else { return continuation.resume() }
                self.source = nil
                self.file?.remove()
                source.setCancelHandler {
                    // The source may not outlive its descriptor, so it is closed here and not before.
                    close(self.descriptor)
                    continuation.resume()
                }
                source.cancel()
                // A suspended source would never run its cancel handler.
                if self.isPaused { source.resume() }
                self.isPaused = false
            }
        }
    }
}
