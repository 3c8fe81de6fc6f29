import Synchronization

/// One of the systems that are called, shared by all lanes and flows. Whoever calls it asks for a permit first and
/// gives it back with what came of the call. First come, first served, so that no lane crowds out another one.
public final class Destination: Sendable {
    fileprivate struct Content {
        var state: DestinationState
        var queue: [Waiter] = []
        var listeners: [@Sendable () -> Void] = []
        var pauseListeners: [@Sendable () -> Void] = []
    }

    fileprivate final class Waiter: Sendable {
        let bell = WakeUp()
    }

    fileprivate enum Step {
        case go(CallPermit)
        case refused(CallRefusal)
        /// - Parameter uptime: Look again then, or when the bell rings.
        case sleep(until: Duration)
    }

    /// Calls that wait for their turn; more are refused as held. There are never more than lanes work on deliveries.
    public static let queueLimit = 4096

    /// The delivery on whose behalf the current task calls.
    @TaskLocal static var caller: DeliveryID?

    public let name: String
    private let settings: DestinationSettings
    private let content: Mutex<Content>
    private let clock: any WallClock
    private let observer: any RelayObserver

    public init(
        name: String, settings: DestinationSettings = DestinationSettings(), clock: any WallClock = SystemClock(),
        observer: any RelayObserver = SilentObserver()
    ) {
        self.name = name
        self.settings = settings
        self.clock = clock
        self.observer = observer
        content = Mutex(Content(state: DestinationState(settings)))
    }

    /// Waits for the turn of one call, and for the end of a short pause.
    /// - Returns: To be given back to `finished` in any case.
    /// - Throws: If the wait would be long, or was in vain.
    public func permit(for role: CallRole = .work) async throws(CallRefusal) -> CallPermit {
        let waiter = Waiter()
        var deadline: Duration?
        while true {
            let now = clock.uptime()
            let last = deadline ?? now + settings.longestQueueWait
            deadline = last
            switch step(waiter, role, now: now, deadline: last) {
            case .go(let permit): return permit
            case .refused(let refusal): throw refusal
            case .sleep(let until): await waiter.bell.wait(atMost: until - now, clock)
            }
        }
    }

    public func finished(_ permit: CallPermit, _ result: CallResult) {
        change { ($0.state.finished(permit, result, at: clock.uptime()), true) }
    }

    /// A delivery found out that the destination lets nobody in, as only its flow can tell.
    public func signInRefused(_ reason: Reason) {
        change { ($0.state.signInRefused(reason, at: clock.uptime()), true) }
    }

    /// How long no call leaves, from now on; `nil` if calls leave.
    public var hold: Duration? { content.withLock { $0.state.hold(at: clock.uptime()) } }

    /// How many deliveries are worth carrying now, and how long it stays at none.
    var room: (capacity: Int, hold: Duration?) {
        content.withLock {
            let now = clock.uptime()
            return ($0.state.capacity(at: now), $0.state.hold(at: now))
        }
    }

    /// Sets a pause again that an earlier process was asked for.
    func hold(for wait: Duration) {
        change { ($0.state.hold(for: wait, at: clock.uptime()), true) }
    }

    /// What is left of the pause that it asked for.
    var pauseLeft: Duration { content.withLock { $0.state.pauseLeft(at: clock.uptime()) } }

    /// - Parameter listener: Called when it asks for a pause, or for a longer one; in the task that it told.
    func whenAskedToWait(_ listener: @escaping @Sendable () -> Void) {
        content.withLock { $0.pauseListeners.append(listener) }
    }

    /// - Parameter listener: Called after every change, in the task that caused it.
    func whenChanged(_ listener: @escaping @Sendable () -> Void) {
        content.withLock { $0.listeners.append(listener) }
    }

    public var overview: DestinationOverview {
        content.withLock { content in
            DestinationOverview(
                name: name, content.state, waiting: content.queue.count, uptime: clock.uptime(), now: clock.now())
        }
    }

    private func step(_ waiter: Waiter, _ role: CallRole, now: Duration, deadline: Duration) -> Step {
        let isCancelled = Task.isCancelled
        let caller = Destination.caller
        return change { content in
            let step = content.step(waiter, role, caller, isCancelled: isCancelled, now: now, deadline: deadline)
            if case .sleep = step { return (step, false) }
            content.queue.removeAll { $0 === waiter }
            return (step, true)
        }
    }

    /// Lets the state change, then tells those who watch.
    /// - Parameter body: Returns also whether the next in the queue should look again.
    private func change<Result: Sendable>(_ body: (inout Content) -> (Result, wakesNext: Bool)) -> Result {
        let (result, next, changes, listeners) = content.withLock { content in
            let heldUntil = content.state.heldUntil
            let (result, wakesNext) = body(&content)
            let changes = content.state.takeChanges()
            let listeners =
                (changes.isEmpty ? [] : content.listeners)
                + (content.state.heldUntil > heldUntil ? content.pauseListeners : [])
            return (result, wakesNext ? content.queue.first : nil, changes, listeners)
        }
        next?.bell.ring()
        for change in changes { observer.notice(.destination(name, change)) }
        for listener in listeners { listener() }
        return result
    }
}

extension Destination.Content {
    /// The next step of a call that wants to leave.
    fileprivate mutating func step(
        _ waiter: Destination.Waiter, _ role: CallRole, _ caller: DeliveryID?, isCancelled: Bool, now: Duration,
        deadline: Duration
    ) -> Destination.Step {
        if isCancelled { return .refused(.cancelled) }
        // Sign-in goes past the queue: those who stand in it have their token, and others wait for it.
        let isFirst = role == .signIn || queue.first.map { $0 === waiter } ?? true
        var until = deadline
        if isFirst {
            switch state.admit(role, for: caller, at: now) {
            case .go(let permit): return .go(permit)
            case .refuse(let wait): return .refused(.held(wait: wait, reason))
            case .wait(let moment): until = min(moment ?? deadline, deadline)
            }
        }
        let isQueued = role == .signIn || queue.contains { $0 === waiter }
        guard now < deadline, isQueued || queue.count < Destination.queueLimit else {
            return .refused(.held(wait: state.settings.shortHold, reason))
        }
        if !isQueued { queue.append(waiter) }
        return .sleep(until: until)
    }

    private var reason: Reason {
        state.cause
            ?? Reason(
                code: "destination-busy", message: "It has asked for a pause, or has as many calls as it may have.")
    }
}
