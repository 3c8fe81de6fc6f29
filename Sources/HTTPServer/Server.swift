import Glibc
public import Logging
import Synchronization

/// An HTTP/1.1 server (RFC 9110, RFC 9112) on one address or several.
///
/// Connections are dealt out to event loops; on its loop each is read, answered and written without changing threads.
/// The loops and the limits are those of the whole server; TLS and the responder belong to a listener.
public final class Server: Sendable {
    private let configuration: ServerConfiguration
    private let listeners: [ListenerConfiguration]
    private let observer: any ServerObserver
    private let logger: Logger
    private let state = Mutex(State.new)

    private enum State {
        case new
        case running(Running)
        case stopped
    }

    private struct Running {
        var listeners: [(name: String, listener: Listener)]
        var workers: [Worker]
        var watch: CertificateWatch?
    }

    /// A server with one listener, plain HTTP on the configuration's host and port.
    public convenience init(
        configuration: ServerConfiguration, responder: any Responder,
        observer: any ServerObserver = NoServerObserver(),
        logger: Logger
    ) {
        let address = SocketAddress(host: configuration.host, port: configuration.port)
        let listener = ListenerConfiguration(name: "public", address: address, responder: responder)
        self.init(configuration: configuration, listeners: [listener], observer: observer, logger: logger)
    }

    /// - Parameters:
    ///   - configuration: Its host and port are not used.
    ///   - listeners: Each with a name of its own, at least one.
    public init(
        configuration: ServerConfiguration, listeners: [ListenerConfiguration],
        observer: any ServerObserver = NoServerObserver(), logger: Logger
    ) {
        self.configuration = configuration
        self.listeners = listeners
        self.observer = observer
        self.logger = logger
    }

    /// Listens and begins to answer. May block while a host name is looked up. Either all listeners are open
    /// afterwards or none.
    /// - Returns: The address of the first listener as it was bound: numeric, with the port that was taken.
    @discardableResult
    public func start() throws(ServerError) -> SocketAddress {
        try state.withLock { state throws(ServerError) in
            guard case .new = state else { throw .alreadyStarted }
            let admission = Admission(configuration)
            let open = try openListeners()
            guard let first = open.first else { throw .noListeners }
            let workers: [Worker]
            do throws(ServerError) {
                workers = try makeWorkers(for: first.address, admission)
            } catch {
                for listener in open { listener.abandon() }
                throw error
            }
            for worker in workers { worker.start() }
            for (listener, rules) in zip(open, listeners) { begin(listener, rules, workers, admission) }
            state = .running(
                Running(
                    listeners: Array(zip(listeners.map(\.name), open)), workers: workers, watch: makeWatch()))
            return first.address
        }
    }

    /// Where a listener is bound; `nil` unless the server runs and has one of that name.
    public func address(of name: String) -> SocketAddress? {
        running?.listeners.first { $0.name == name }?.listener.address
    }

    /// Reads all certificates again, changed or not; the log says what came of it.
    public func reloadCertificates() async { await running?.watch?.reload() }

    /// Closes the listeners and idle connections at once, lets requests in flight be answered (with
    /// `Connection: close`), and cuts what is left after `deadline`. Returns when all connections are gone.
    public func stop(deadline: Duration) async {
        let running = state.withLock { state -> Running? in
            guard case .running(let running) = state else { return nil }
            state = .stopped
            return running
        }
        guard let running else { return }
        running.watch?.stop()
        for worker in running.workers { worker.announceStop() }
        for entry in running.listeners { await entry.listener.stop() }
        await withTaskGroup { group in
            for worker in running.workers { group.addTask { await worker.drain(within: deadline) } }
        }
    }

    private var running: Running? {
        state.withLock { if case .running(let running) = $0 { running } else { nil } }
    }

    private func openListeners() throws(ServerError) -> [Listener] {
        var open: [Listener] = []
        do throws(ServerError) {
            for rules in listeners {
                open.append(try Listener(rules, backlog: configuration.backlog, logger: logger))
            }
        } catch {
            for listener in open { listener.abandon() }
            throw error
        }
        return open
    }

    private func begin(
        _ listener: Listener, _ rules: ListenerConfiguration, _ workers: [Worker], _ admission: Admission
    ) {
        let limit = configuration.maxConnections
        let reserve = max(configuration.limits.reservedConnections, 0)
        let defersCounting = configuration.access.usesProxyProtocol
        let (observer, logger) = (observer, logger)
        let responder = rules.guardedResponder
        let isTCP = rules.address.unixPath == nil
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
            if isTCP { SystemCalls.setOption(socket, Int32(IPPROTO_TCP), TCP_NODELAY, 1) }
            let worker = workers.min { $0.connectionCount < $1.connectionCount }
            worker?.adopt(socket, from: origin, for: responder) {
                let transport = SocketTransport(descriptor: socket)
                // Here, on the connection's loop, so that handshakes hold up no accepting.
                return rules.tls.map { TLSTransport(over: transport, $0.context) } ?? transport
            }
        }
    }

    private func makeWatch() -> CertificateWatch? {
        let credentials = listeners.compactMap { listener in
            listener.tls.map { (listener: listener.name, credentials: $0) }
        }
        guard !credentials.isEmpty else { return nil }
        return CertificateWatch(credentials, interval: configuration.certificateCheckInterval, logger: logger)
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
                    loop: loop, configuration: configuration, admission: admission, observer: observer,
                    logger: logger))
        }
        return workers
    }
}
