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
    let responder: any Responder
    let logger: Logger
    /// For whichever connection reads: idle ones need no buffer of their own.
    let readBuffer = UnsafeMutableRawBufferPointer.allocate(byteCount: readBufferBytes, alignment: 16)
    /// The head made by the last call of `encode`.
    private(set) var encoded: [UInt8] = []
    private let stopping = Atomic(false)
    private var isDraining = false
    private let observer: any ServerObserver
    private let count = Atomic<Int>(0)
    private var connections: [Int32: Connection] = [:]
    private var date = HTTPDate()
    private var isTicking = false
    private var drained: CheckedContinuation<Void, Never>?

    init(
        loop: EventLoop, configuration: ServerConfiguration, responder: any Responder, observer: any ServerObserver,
        logger: Logger
    ) {
        self.loop = loop
        self.configuration = configuration
        self.responder = responder
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
        loop.start { descriptor, readiness in self.connections[descriptor]?.ready(readiness) }
    }

    /// Takes over a connection. From any thread.
    /// - Parameter makeTransport: Called on the loop; the transport owns its descriptor.
    func adopt(from remoteAddress: String, _ makeTransport: @escaping @Sendable () -> any Transport) {
        count.add(1, ordering: .relaxed)
        loop.async { self.open(makeTransport(), from: remoteAddress) }
    }

    private func open(_ transport: any Transport, from remoteAddress: String) {
        let connection = Connection(transport: transport, worker: self, remoteAddress: remoteAddress)
        observer.opened()
        connections[connection.descriptor] = connection
        guard !isDraining, loop.watch(connection.descriptor) else { return connection.close(reset: true) }
        connection.advance()
        tick(schedulingOnly: true)
    }

    func remove(_ connection: Connection) {
        assert(loop.isCurrent, "connections are used on their loop only")
        connections[connection.descriptor] = nil
        count.subtract(1, ordering: .relaxed)
        observer.closed()
        finishDraining()
    }

    /// Makes `encoded`; tells whether it may be sent.
    func encode(_ head: ResponseHead) -> Bool {
        encoded.removeAll(keepingCapacity: true)
        return head.append(to: &encoded, date: date.value(at: SystemCalls.unixNow()))
    }

    /// Puts a body behind the head that was encoded last.
    func append(_ body: [UInt8]) { encoded += body }

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
        }
        isTicking = !connections.isEmpty
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
        finishDraining()
        guard !connections.isEmpty else { return }
        loop.async(after: limit) {
            for connection in Array(self.connections.values) { connection.close(reset: true) }
        }
    }

    private func finishDraining() {
        guard isDraining, connections.isEmpty, let drained else { return }
        self.drained = nil
        loop.stop()
        drained.resume()
    }
}

extension ServerConfiguration {
    /// How late a timeout may be noticed.
    fileprivate var timerResolution: Duration {
        let shortest = min(idleTimeout, headTimeout, bodyTimeout, responseWriteTimeout, lingerTimeout)
        return min(max(shortest / 4, .milliseconds(5)), .milliseconds(500))
    }
}
