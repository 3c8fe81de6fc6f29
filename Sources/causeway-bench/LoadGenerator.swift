import CSockets
import Glibc

/// What a load generator saw.
struct LoadResult {
    var latencies = LatencyHistogram()
    /// In the measured window.
    var acknowledged = 0
    /// With warm-up and drain: what the store has to hold.
    var acknowledgedInAll = 0
    /// Answers other than 200, by status.
    var otherAnswers: [Int: Int] = [:]
    /// Requests whose connection ended before their answer: stored or not, nobody knows.
    var unanswered = 0
    var measuredNanoseconds: UInt64 = 0

    var perSecond: Double { Double(acknowledged) / (Double(max(measuredNanoseconds, 1)) / 1e9) }
}

/// Sends requests over many connections from one thread, one request in flight on each.
struct LoadGenerator<Source: RequestSource> {
    private static var mostFailuresInARow: Int { 100 }
    private static var eventsPerWait: Int { 512 }

    let port: UInt16
    let keepsAlive: Bool
    private let tls: TLSClient?
    private let poll: Int32
    /// Called between two looks at the sockets, at least every 20 ms.
    var meanwhile: () -> Void = {}
    private var source: Source
    private var connections: [LoadConnection] = []
    private var result = LoadResult()
    private var failuresInARow = 0
    private var isMeasuring = false
    private var isSending = true
    private let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: LoadConnection.readBytes)

    init(port: UInt16, connections: Int, source: Source, keepsAlive: Bool, tls: TLSClient? = nil) throws {
        self.port = port
        self.tls = tls
        self.source = source
        self.keepsAlive = keepsAlive
        poll = epoll_create1(0)
        guard poll >= 0 else { throw BenchError.last("epoll_create1") }
        for index in 0..<connections {
            self.connections.append(try LoadConnection(port: port, tls: tls))
            try watch(index, EPOLL_CTL_ADD)
        }
    }

    func close() {
        for connection in connections { connection.close() }
        Glibc.close(poll)
        buffer.deallocate()
    }

    /// - Parameters:
    ///   - warmUp, seconds, drain: How long to send uncounted, to measure, and to wait for the last answers.
    ///     The measured window ends early when the source has no request left.
    ///   - atBorder: Called when the measured window begins and when it ends.
    mutating func run(warmUp: Double, seconds: Double, drain: Double, atBorder: () throws -> Void) throws
        -> LoadResult
    {
        for index in connections.indices { try sendNext(index) }
        try work(for: warmUp)
        try atBorder()
        isMeasuring = true
        let start = monotonicNanoseconds()
        try work(for: seconds) { !$0.isSending }
        result.measuredNanoseconds = monotonicNanoseconds() - start
        isMeasuring = false
        try atBorder()
        isSending = false
        try work(for: drain) { !$0.connections.contains { $0.sentAt != nil } }
        result.unanswered += connections.count { $0.sentAt != nil }
        return result
    }

    private mutating func work(for seconds: Double, until isDone: (Self) -> Bool = { _ in false }) throws {
        let end = monotonicNanoseconds() + UInt64(seconds * 1e9)
        var events = [epoll_event](repeating: epoll_event(), count: Self.eventsPerWait)
        while monotonicNanoseconds() < end, !isDone(self) {
            meanwhile()
            let count = epoll_wait(poll, &events, Int32(events.count), 20)
            guard count >= 0 || errno == EINTR else { throw BenchError.last("epoll_wait") }
            for event in events.prefix(Int(max(count, 0))) {
                try handle(Int(event.data.u32), event.events)
            }
        }
    }

    private mutating func handle(_ index: Int, _ ready: UInt32) throws {
        if connections[index].hasUnsent {
            let awaitedOutput = connections[index].awaitsOutput
            try connections[index].sendRest()
            if connections[index].awaitsOutput != awaitedOutput { try watch(index, EPOLL_CTL_MOD) }
        }
        guard ready & ~EPOLLOUT.rawValue != 0 else { return }
        switch try connections[index].read(buffer) {
        case .incomplete: return
        case .closed:
            if connections[index].sentAt != nil {
                result.unanswered += 1
                failuresInARow += 1
            }
            guard failuresInARow < Self.mostFailuresInARow else {
                throw BenchError.noConnection(failures: failuresInARow)
            }
            try reconnect(index)
        case .answer(let status):
            count(status, index)
            if !keepsAlive { try reconnect(index) }
        }
        if isSending { try sendNext(index) }
    }

    private mutating func count(_ status: Int, _ index: Int) {
        failuresInARow = 0
        let now = monotonicNanoseconds()
        let sentAt = connections[index].sentAt ?? now
        connections[index].sentAt = nil
        guard status == 200 else {
            result.otherAnswers[status, default: 0] += 1
            return
        }
        result.acknowledgedInAll += 1
        guard isMeasuring else { return }
        result.acknowledged += 1
        result.latencies.record(nanoseconds: now - sentAt)
    }

    private mutating func sendNext(_ index: Int) throws {
        guard source.advance() else {
            isSending = false
            return
        }
        connections[index].sentAt = monotonicNanoseconds()
        try connections[index].send(source.head, source.body)
        if connections[index].awaitsOutput { try watch(index, EPOLL_CTL_MOD) }
    }

    private mutating func reconnect(_ index: Int) throws {
        connections[index].close()
        connections[index] = try LoadConnection(port: port, tls: tls)
        try watch(index, EPOLL_CTL_ADD)
    }

    private func watch(_ index: Int, _ operation: Int32) throws {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue | (connections[index].awaitsOutput ? EPOLLOUT.rawValue : 0)
        event.data.u32 = UInt32(index)
        guard epoll_ctl(poll, operation, connections[index].descriptor, &event) == 0 else {
            throw BenchError.last("epoll_ctl")
        }
    }
}

func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
