/// What a connection waits for and until when.
struct Deadline {
    enum Wait: Int { case idle, head, body, write, linger, none }

    private(set) var wait = Wait.idle
    private var instant: UInt64
    private let limits: Limits

    /// Nanoseconds by `Wait`.
    private struct Limits {
        let idle, head, body, write, linger: UInt64
    }

    init(_ configuration: ServerConfiguration) {
        func nanoseconds(_ duration: Duration) -> UInt64 { UInt64(max(duration.nanoseconds, 0)) }
        limits = Limits(
            idle: nanoseconds(configuration.idleTimeout), head: nanoseconds(configuration.headTimeout),
            body: nanoseconds(configuration.bodyTimeout), write: nanoseconds(configuration.responseWriteTimeout),
            linger: nanoseconds(configuration.lingerTimeout))
        instant = SystemCalls.monotonicNow() &+ limits.idle
    }

    func isOver(at now: UInt64) -> Bool { instant <= now }

    /// Begins a wait; goes on with the one that is under way if it is the same.
    mutating func set(_ wait: Wait) {
        guard wait != self.wait else { return }
        self.wait = wait
        let limit: UInt64
        switch wait {
        case .idle: limit = limits.idle
        case .head: limit = limits.head
        case .body: limit = limits.body
        case .write: limit = limits.write
        case .linger: limit = limits.linger
        case .none:
            instant = .max
            return
        }
        instant = SystemCalls.monotonicNow() + limit
    }
}
