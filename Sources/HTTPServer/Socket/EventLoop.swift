import Dispatch
import Glibc
import Synchronization

/// A serial queue that waits for sockets and runs the tasks of their requests, so that reading, answering and writing
/// happen on one thread without a hop between them.
///
/// An idle loop occupies no thread: a dispatch source wakes it. A busy one keeps its thread and polls by itself,
/// since each wake-up through Dispatch costs two changes of thread.
///
/// `@unchecked Sendable`: `jobs` and `onReady` are used only in blocks of the serial queue, which Dispatch runs one
/// after the other and whose writes it makes visible to the next. `source` and `onReady` are written once before, by
/// `start`, when the queue runs nothing yet; `poller` is a constant whose calls are safe from any thread.
final class EventLoop: TaskExecutor, @unchecked Sendable {
    typealias ReadyHandler = @Sendable (Int32, Readiness) -> Void

    /// Rounds before other blocks of the queue, such as timers, get their turn.
    private static let maxRounds = 64
    /// How long a busy loop waits for the next socket before it gives up its thread. Milliseconds.
    private static let busyWait: Int32 = 1

    private enum Work {
        case job(UnownedJob)
        case block(@Sendable () -> Void)
    }

    /// Where the loop is, which decides how new work gets its attention.
    private enum Mode {
        /// No thread: a block must be queued.
        case parked
        /// Will look at the inbox before it waits.
        case running
        /// In a system call: the poller must be woken.
        case polling
    }

    private struct Inbox {
        var work: [Work] = []
        var mode = Mode.parked
    }

    private let queue: DispatchQueue
    private let poller: Poller
    private var source: (any DispatchSourceRead)?
    private let inbox = Mutex(Inbox())
    /// The thread that is inside `turn`, or 0. Only that thread can find its own number here.
    private let runner = Atomic<UInt>(0)
    private var jobs: [Work] = []
    private var onReady: ReadyHandler?

    init(label: String) throws(PollerError) {
        queue = DispatchQueue(label: label)
        poller = try Poller()
    }

    deinit { if source == nil { poller.close() } }

    /// - Parameter onReady: Called on the loop for each descriptor on which something became possible; also for one
    ///   that was closed and opened anew in the same round, which the handler must bear.
    func start(onReady: @escaping ReadyHandler) {
        self.onReady = onReady
        let source = DispatchSource.makeReadSource(fileDescriptor: poller.descriptor, queue: queue)
        source.setEventHandler { self.turn() }
        // Only here may the descriptor be closed: until now the source uses it.
        source.setCancelHandler { self.poller.close() }
        self.source = source
        source.activate()
    }

    /// No descriptor is watched afterwards; tasks still run. On the loop.
    func stop() {
        onReady = nil
        source?.cancel()
    }

    /// Watches `socket` until it is closed. On the loop.
    func watch(_ socket: Int32) -> Bool { poller.add(socket) }

    /// Runs `work` on the loop, later.
    func async(_ work: @escaping @Sendable () -> Void) { add(.block(work)) }

    func async(after delay: Duration, _ work: @escaping @Sendable () -> Void) {
        queue.asyncAfter(deadline: .now() + .nanoseconds(Int(clamping: delay.nanoseconds))) { self.turn(work) }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        if isCurrent { jobs.append(.job(job)) } else { add(.job(job)) }
    }

    /// Whether the caller runs inside `turn`.
    var isCurrent: Bool { runner.load(ordering: .relaxed) == UInt(pthread_self()) }

    private func add(_ work: Work) {
        let isParked = inbox.withLock { inbox in
            inbox.work.append(work)
            guard inbox.work.count == 1 else { return false }
            // Under the lock, since the poller is certain to be open only as long as the loop is in it.
            if inbox.mode == .polling { poller.wake() }
            return inbox.mode == .parked
        }
        if isParked { queue.async { self.turn() } }
    }

    /// Everything that happens on the loop happens inside.
    private func turn(_ work: (() -> Void)? = nil) {
        runner.store(UInt(pthread_self()), ordering: .relaxed)
        inbox.withLock { $0.mode = .running }
        work?()
        var mayWait = false
        for _ in 0..<Self.maxRounds {
            runWork()
            guard let onReady else { break }
            let timeout = mayWait && jobs.isEmpty ? prepareToWait() : 0
            let count = poller.poll(timeout: timeout, onReady)
            if timeout > 0 { inbox.withLock { $0.mode = .running } }
            if count == 0, timeout > 0 { break }
            mayWait = true
        }
        runner.store(0, ordering: .relaxed)
        park()
    }

    /// The time to wait for sockets: none if there is work already.
    private func prepareToWait() -> Int32 {
        inbox.withLock { inbox in
            guard inbox.work.isEmpty else { return 0 }
            inbox.mode = .polling
            return Self.busyWait
        }
    }

    /// Gives the thread back; comes again if there is work left. Sockets that are ready wake the source.
    private func park() {
        let hasWork = inbox.withLock { inbox in
            inbox.mode = .parked
            return !inbox.work.isEmpty
        }
        if hasWork || !jobs.isEmpty { queue.async { self.turn() } }
    }

    /// Runs what there is to do, but not what that leads to: sockets come first.
    private func runWork() {
        var batch = jobs
        jobs = []
        inbox.withLock { inbox in
            guard !inbox.work.isEmpty else { return }
            batch += inbox.work
            inbox.work = []
        }
        for work in batch {
            switch work {
            case .job(let job): job.runSynchronously(on: asUnownedTaskExecutor())
            case .block(let block): block()
            }
        }
    }
}

extension Duration {
    /// Clamped to what 64 bits hold, about 292 years.
    var nanoseconds: Int64 {
        let (seconds, attoseconds) = components
        let (nanoseconds, overflows) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        return overflows ? (seconds < 0 ? .min : .max) : nanoseconds &+ attoseconds / 1_000_000_000
    }
}
