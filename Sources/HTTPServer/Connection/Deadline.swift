/// What a connection waits for and until when.
struct Deadline {
    enum Wait { case handshake, firstByte, idle, head, body, handler, write, linger, none }

    private(set) var wait: Wait
    private var instant: UInt64
    private var bodyBeganAt: UInt64 = 0
    private let limits: Limits

    /// What a connection from the reserve may take until its head is there. Nanoseconds: two seconds.
    private static let reserve: UInt64 = 2_000_000_000

    /// Nanoseconds by `Wait`.
    private struct Limits {
        let handshake, firstByte, idle, head, body, bodyGrace, perBodyByte, handler, write, linger: UInt64
    }

    init(_ configuration: ServerConfiguration, beginningWith wait: Wait, usesReserve: Bool = false) {
        func nanoseconds(_ duration: Duration) -> UInt64 { UInt64(max(duration.nanoseconds, 0)) }
        let more = configuration.limits
        let longest = usesReserve ? Self.reserve : .max
        let idle = nanoseconds(configuration.idleTimeout)
        let rate = UInt64(max(more.minBodyBytesPerSecond, 0))
        limits = Limits(
            handshake: min(nanoseconds(configuration.handshakeTimeout), longest),
            firstByte: min(nanoseconds(more.firstByteTimeout), idle, longest), idle: idle,
            head: min(nanoseconds(configuration.headTimeout), longest), body: nanoseconds(configuration.bodyTimeout),
            bodyGrace: rate == 0 ? nanoseconds(configuration.bodyTimeout) : nanoseconds(more.bodyGrace),
            perBodyByte: rate == 0 ? 0 : 1_000_000_000 / rate, handler: nanoseconds(more.handlerTimeout),
            write: nanoseconds(configuration.responseWriteTimeout), linger: nanoseconds(configuration.lingerTimeout))
        self.wait = .none
        instant = .max
        set(wait)
    }

    func isOver(at now: UInt64) -> Bool { instant <= now }

    /// Whether a body that took too long did so by its rate, and not by all the time that bodies have.
    var isOverByRate: Bool { wait == .body && instant < bodyBeganAt + limits.body }

    /// Moves the end of the wait for a body on, by what has arrived of it.
    mutating func received(bodyBytes: Int) {
        guard wait == .body else { return }
        let (time, overflows) = UInt64(bodyBytes).multipliedReportingOverflow(by: limits.perBodyByte)
        instant = bodyBeganAt + min(limits.body, overflows ? .max : limits.bodyGrace &+ time)
    }

    /// Begins a wait; goes on with the one that is under way if it is the same.
    /// - Parameter begin: When it began, if that is known; then it is this wait, even if the one before is the same.
    mutating func set(_ wait: Wait, from begin: UInt64? = nil) {
        guard wait != self.wait || begin != nil else { return }
        self.wait = wait
        let limit: UInt64
        switch wait {
        case .firstByte: limit = limits.firstByte
        case .handshake: limit = limits.handshake
        case .idle: limit = limits.idle
        case .handler: limit = limits.handler
        case .head: limit = limits.head
        case .body:
            bodyBeganAt = begin ?? SystemCalls.monotonicNow()
            instant = bodyBeganAt + min(limits.body, limits.bodyGrace)
            return
        case .write: limit = limits.write
        case .linger: limit = limits.linger
        case .none:
            instant = .max
            return
        }
        instant = (begin ?? SystemCalls.monotonicNow()) &+ limit
    }
}
