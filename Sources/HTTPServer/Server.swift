import Glibc
public import Logging
import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on one address.
///
/// Connections are dealt out to event loops; on its loop each is read, answered and written without changing threads.
public final class Server: Sendable {
    private let configuration: ServerConfiguration
    private let responder: any Responder
    private let observer: any ServerObserver
    private let logger: Logger
    private let state = Mutex(State.new)

    private enum State {
        case new
        case running(Listener, [Worker])
        case stopped
    }

    public init(
        configuration: ServerConfiguration, responder: any Responder,
        observer: any ServerObserver = NoServerObserver(),
        logger: Logger
    ) {
        self.configuration = configuration
        self.responder = responder
        self.observer = observer
        self.logger = logger
    }

    /// Listens and begins to answer. May block while the host name is looked up.
    /// - Returns: The address that was bound, numeric, with the port that was taken.
    public func start() throws(ServerError) -> SocketAddress {
        try state.withLock { state throws(ServerError) in
            guard case .new = state else { throw .alreadyStarted }
            let listener = try Listener(
                host: configuration.host, port: configuration.port, backlog: configuration.backlog, logger: logger)
            let admission = Admission(configuration)
            let workers = try makeWorkers(for: listener.address, admission)
            for worker in workers { worker.start() }
            let limit = configuration.maxConnections
            let reserve = max(configuration.limits.reservedConnections, 0)
            let defersCounting = configuration.access.usesProxyProtocol
            let observer = observer
            let logger = logger
            listener.start {
                workers.reduce(0) { $0 + $1.connectionCount } < limit + reserve
            } accepted: { socket, peer in
                var origin = ConnectionOrigin(peerAddress: peer?.host ?? "")
                origin.usesReserve = reserve > 0 && workers.reduce(0) { $0 + $1.connectionCount } >= limit
                guard defersCounting || admission.enter(&origin) else {
                    observer.reached(.connectionsPerSource)
                    logger.debug("a connection too many", metadata: ["source": "\(origin.peerAddress)"])
                    return SystemCalls.closeAtOnce(socket)
                }
                SystemCalls.setOption(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1)
                let worker = workers.min { $0.connectionCount < $1.connectionCount }
                worker?.adopt(socket, from: origin) { SocketTransport(descriptor: socket) }
            }
            state = .running(listener, workers)
            return listener.address
        }
    }

    /// Closes the listener and idle connections at once, lets requests in flight be answered (with
    /// `Connection: close`), and cuts what is left after `deadline`. Returns when all connections are gone.
    public func stop(deadline: Duration) async {
        let (listener, workers) = state.withLock { state in
            guard case .running(let listener, let workers) = state else { return (nil as Listener?, [Worker]()) }
            state = .stopped
            return (listener, workers)
        }
        for worker in workers { worker.announceStop() }
        await listener?.stop()
        await withTaskGroup { group in
            for worker in workers { group.addTask { await worker.drain(within: deadline) } }
        }
    }

    private func makeWorkers(
        for address: SocketAddress, _ admission: Admission
    ) throws(ServerError) -> [Worker] {
        var workers: [Worker] = []
        for index in 0..<min(max(configuration.eventLoops, 1), 256) {
            let loop: EventLoop
            do {
                loop = try EventLoop(label: "http.loop.\(index)")
            } catch {
                throw .cannotListen(address: address, reason: SystemCalls.message(error.errno))
            }
            workers.append(
                Worker(
                    loop: loop, configuration: configuration, responder: responder, admission: admission,
                    observer: observer, logger: logger))
        }
        return workers
    }
}
