import HTTPTypes
import Logging
import Synchronization

/// One event loop's share of the server: its connections and what they have in common.
///
/// `@unchecked Sendable`: everything but the constants and the atomics is used only on `loop`.
final class Worker: @unchecked Sendable {
    private static let readBufferBytes = 64 << 10

    let loop: EventLoop
    let configuration: ServerConfiguration
    let admission: Admission
    let logger: Logger
    /// For whichever connection reads: idle ones need no buffer of their own.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBufferBytes, alignment: 16)
    /// For whichever connection answers.
    var encoder = ResponseEncoder()
    private let stopping = Atomic(false)
    private var isDraining = false
    private let observer: any ServerObserver
    private let count = Atomic<Int>(0)
    private var connections: [Int32: Connection] = [:]
    /// Connections whose PROXY header is not complete.
    private var proxyStages: [Int32: ProxyStage] = [:]
    private var isTicking = false
    private var drained: CheckedContinuation<Void, Never>?

    init(
        loop: EventLoop, configuration: ServerConfiguration, admission: Admission, observer: any ServerObserver,
        logger: Logger
    ) {
        self.loop = loop
        self.configuration = configuration
        self.admission = admission
        self.observer = observer
        self.logger = logger
    }

    deinit { readBuffer.deallocate() }

    /// Connections of this worker, including those on their way to it. From any thread.
    var connectionCount: Int { count.load(ordering: .relaxed) }

    /// Whether answers say that they are the last on their connection.
    var isStopping: Bool { stopping.load(ordering: .relaxed) }

    /// From any thread. All workers are told before the first one drains, so that no client moves to another one.
    func announceStop() { stopping.store(true, ordering: .relaxed) }

    func start() {
        loop.start { descriptor, readiness in
            if let connection = self.connections[descriptor] {
                connection.ready(readiness)
            } else if !self.proxyStages.isEmpty {
                if readiness.hasEnded { self.proxyStages[descriptor]?.hasEnded = true }
                self.advanceProxyStage(descriptor)
            }
        }
    }

    /// Takes over a connection. From any thread.
    /// - Parameters:
    ///   - descriptor: Owned by the transport, once that is made.
    ///   - responder: Of the listener that accepted it.
    ///   - makeTransport: Called on the loop.
    func adopt(
        _ descriptor: Int32, from origin: ConnectionOrigin, for responder: any Responder,
        _ makeTransport: @escaping @Sendable () -> any Transport
    ) {
        count.add(1, ordering: .relaxed)
        loop.async {
            if self.configuration.access.usesProxyProtocol {
                self.beginProxyStage(descriptor, origin, responder, makeTransport)
            } else {
                self.open(makeTransport(), from: origin, for: responder)
            }
        }
    }

    /// - Parameter known: What the loop has reported of the descriptor, if it has watched it before.
    private func open(
        _ transport: any Transport, from origin: ConnectionOrigin, for responder: any Responder,
        known: Readiness? = nil
    ) {
        let connection = Connection(transport: transport, worker: self, responder: responder, origin: origin)
        observer.opened()
        connections[connection.descriptor] = connection
        guard !isDraining, known != nil || loop.watch(connection.descriptor) else {
            return connection.close(reset: true)
        }
        if let known { connection.ready(known) } else { connection.advance() }
        tick(schedulingOnly: true)
    }

    private func beginProxyStage(
        _ descriptor: Int32, _ origin: ConnectionOrigin, _ responder: any Responder,
        _ makeTransport: @escaping @Sendable () -> any Transport
    ) {
        let limit = UInt64(max(configuration.headTimeout.nanoseconds, 0))
        proxyStages[descriptor] = ProxyStage(
            descriptor: descriptor, origin: origin, deadline: SystemCalls.monotonicNow() &+ limit,
            responder: responder, makeTransport: makeTransport)
        guard !isDraining, admission.mayNameClient(origin), loop.watch(descriptor) else {
            return endProxyStage(descriptor, because: .proxyProtocol)
        }
        advanceProxyStage(descriptor)
        tick(schedulingOnly: true)
    }

    private func advanceProxyStage(_ descriptor: Int32) {
        switch proxyStages[descriptor]?.advance(readBuffer) {
        case .waiting, nil: break
        case .failed: endProxyStage(descriptor, because: .proxyProtocol)
        case .done(let header):
            guard var origin = proxyStages[descriptor]?.origin else { return }
            origin.apply(header)
            guard admission.enter(&origin) else { return endProxyStage(descriptor, because: .connectionsPerSource) }
            guard let stage = proxyStages.removeValue(forKey: descriptor) else { return }
            open(
                stage.makeTransport(), from: origin, for: stage.responder,
                known: Readiness(canRead: true, canWrite: true, hasEnded: stage.hasEnded))
        }
    }

    /// Closes a connection that has not got as far as a transport.
    private func endProxyStage(_ descriptor: Int32, because limit: ServerLimit?) {
        guard proxyStages.removeValue(forKey: descriptor) != nil else { return }
        if let limit { reached(limit) }
        SystemCalls.closeAtOnce(descriptor)
        count.subtract(1, ordering: .relaxed)
        finishDraining()
    }

    func reached(_ limit: ServerLimit) { observer.reached(limit) }

    func remove(_ connection: Connection) {
        assert(loop.isCurrent, "connections are used on their loop only")
        connections[connection.descriptor] = nil
        admission.leave(connection.origin)
        count.subtract(1, ordering: .relaxed)
        observer.closed()
        finishDraining()
    }

    func answered(_ method: HTTPRequest.Method?, _ response: Response, since start: UInt64?) {
        let took = start.map { Duration.nanoseconds(Int64(SystemCalls.monotonicNow() - $0)) } ?? .zero
        observer.answered(
            method: method, route: response.route, status: response.status, problemSlug: response.problemSlug,
            took: took)
    }

    /// Looks at every connection's deadline, a few times per shortest timeout, as long as there are connections.
    private func tick(schedulingOnly: Bool = false) {
        if schedulingOnly, isTicking { return }
        if !schedulingOnly {
            let now = SystemCalls.monotonicNow()
            for connection in Array(connections.values) { connection.checkDeadline(now: now) }
            for stage in Array(proxyStages.values) where stage.deadline <= now {
                endProxyStage(stage.descriptor, because: .proxyProtocol)
            }
        }
        isTicking = !connections.isEmpty || !proxyStages.isEmpty
        if isTicking { loop.async(after: configuration.timerResolution) { self.tick() } }
    }

    /// Returns when the last connection is gone: answered, or cut after `limit`. From any thread.
    func drain(within limit: Duration) async {
        await withCheckedContinuation { continuation in
            loop.async { self.beginDraining(continuation, within: limit) }
        }
    }

    private func beginDraining(_ continuation: CheckedContinuation<Void, Never>, within limit: Duration) {
        isDraining = true
        drained = continuation
        for connection in Array(connections.values) { connection.drain() }
        for stage in Array(proxyStages.keys) { endProxyStage(stage, because: nil) }
        finishDraining()
        guard !connections.isEmpty else { return }
        loop.async(after: limit) {
            for connection in Array(self.connections.values) { connection.close(reset: true) }
        }
    }

    private func finishDraining() {
        guard isDraining, connections.isEmpty, proxyStages.isEmpty, let drained else { return }
        self.drained = nil
        loop.stop()
        drained.resume()
    }
}

extension ServerConfiguration {
    /// How late a timeout may be noticed.
    fileprivate var timerResolution: Duration {
        let shortest = min(
            handshakeTimeout, idleTimeout, headTimeout, bodyTimeout, responseWriteTimeout, lingerTimeout,
            limits.firstByteTimeout, limits.bodyGrace, limits.handlerTimeout)
        return min(max(shortest / 4, .milliseconds(5)), .milliseconds(500))
    }
}
