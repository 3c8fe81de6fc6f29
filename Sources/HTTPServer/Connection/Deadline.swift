/// What a connection waits for and until when. A pure value: time is given, in monotonic nanoseconds.
struct Deadline {
    enum Wait { case handshake, firstByte, idle, head, body, handler, write, linger, none }

    private(set) var wait = Wait.none
    private var instant = UInt64.max
    private var bodyBeganAt: UInt64 = 0
    private let limits: Limits

    /// What a connection from the reserve may take until its head is there. Nanoseconds: two seconds.
    private static let reserve: UInt64 = 2_000_000_000

    /// Nanoseconds.
    private struct Limits {
        let handshake, firstByte, idle, head, body, bodyGrace, perBodyByte, handler, write, linger: UInt64

        subscript(_ wait: Wait) -> UInt64 {
            switch wait {
            case .handshake: handshake
            case .firstByte: firstByte
            case .idle: idle
            case .head: head
            case .body: min(body, bodyGrace)
            case .handler: handler
            case .write: write
            case .linger: linger
            case .none: .max
            }
        }
    }

    init(_ configuration: ServerConfiguration, usesReserve: Bool = false) {
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

    /// Ends the wait that is under way, so that the next one counts anew even if it is for the same.
    mutating func end() {
        wait = .none
        instant = .max
    }

    mutating func begin(_ wait: Wait, at now: UInt64) {
        self.wait = wait
        bodyBeganAt = now
        let (end, overflows) = now.addingReportingOverflow(limits[wait])
        instant = overflows ? .max : end
    }
}
