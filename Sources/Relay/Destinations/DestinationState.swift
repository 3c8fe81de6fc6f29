/// The breaker and the limits of one destination: what may be called when, and what follows from the answers. A value
/// without clock and without waiting; `Destination` is its shell. `docs/destinations.md` has the table of its states.
///
/// Times are durations on a clock that never jumps (`WallClock.uptime`), so that nobody calls early, or waits for
/// hours, because the wall clock was set.
struct DestinationState: Sendable {
    enum Circuit: Sendable, Equatable {
        case closed
        /// No calls until then.
        case open(until: Duration)
        /// One call at a time, until one shows what is the case.
        case halfOpen
    }

    enum Admission: Sendable {
        case go(CallPermit)
        /// Not now; ask again then, or when a call has ended.
        case wait(until: Duration?)
        /// Not for longer than is worth waiting for.
        case refuse(wait: Duration)
    }

    let settings: DestinationSettings
    private(set) var circuit = Circuit.closed
    /// Why the circuit is not closed.
    private(set) var cause: Reason?
    /// Calls at the same time, now: from 1 to `settings.concurrency`.
    private(set) var limit: Int
    private(set) var inFlight = 0
    private(set) var tally = DestinationTally()
    /// The end of the pause that it asked for.
    private(set) var heldUntil = Duration.zero
    private var pace: CallPace?
    /// Whether only crashes opened the circuit, so that another one keeps it open.
    private var isCrashing = false
    private var failuresInRow = 0
    /// Deliveries that got no answer among those failures; two are enough to know.
    private var unanswered: Set<DeliveryID> = []
    /// Whether one of those failures cannot be a record's.
    private var hasPlainFailure = false
    private var successesInRow = 0
    private var successesSinceRaise = 0
    /// Openings without a lasting success between them.
    private var openingsInRow = 0
    /// Deliveries over which the destination crashed, with no other answer since; at most `breaker.failures`.
    private var crashed: Set<DeliveryID> = []
    private var era = 0
    private var jam = 0
    private var changes: [DestinationChange] = []

    init(_ settings: DestinationSettings) {
        self.settings = settings
        limit = max(1, settings.concurrency)
        pace = settings.callsPerSecond.map { CallPace(perSecond: $0) }
    }

    /// What changed since this was last asked.
    mutating func takeChanges() -> [DestinationChange] {
        defer { changes = [] }
        return changes
    }

    /// How long no call leaves, from now on; `nil` if calls leave.
    func hold(at now: Duration) -> Duration? {
        let rest = max(heldUntil - now, .zero)
        switch circuit {
        case .closed: return rest > .zero ? rest : nil
        case .open(let until): return max(rest, until - now, .zero)
        case .halfOpen: return max(rest, inFlight > 0 ? settings.breaker.coolDown : .zero)
        }
    }

    /// What is left of the pause that it asked for.
    func pauseLeft(at now: Duration) -> Duration { max(.zero, heldUntil - now) }

    /// How many deliveries are worth carrying now.
    func capacity(at now: Duration) -> Int {
        switch circuit {
        case .closed: hold(at: now) == nil ? limit : 0
        case .open, .halfOpen: hold(at: now) == .zero ? 1 : 0
        }
    }

    /// Asks for one call.
    mutating func admit(_ role: CallRole, for delivery: DeliveryID?, at now: Duration) -> Admission {
        if case .open(let until) = circuit, until <= now {
            circuit = .halfOpen
            changes.append(.probing)
        }
        if let hold = hold(at: now), hold > .zero {
            // A probe may take as long as a call can; that is not waited for.
            guard circuit == .closed, hold <= settings.shortHold else {
                tally.refused += 1
                return .refuse(wait: hold)
            }
            return .wait(until: now + hold)
        }
        if role == .work {
            guard inFlight < limit else { return .wait(until: nil) }
            if let next = pace?.next, next > now { return .wait(until: next) }
            pace?.take(at: now)
            inFlight += 1
        }
        tally.calls += 1
        return .go(CallPermit(role: role, delivery: delivery, era: era, jam: jam))
    }

    mutating func finished(_ permit: CallPermit, _ result: CallResult, at now: Duration) {
        // What began before the breaker opened says nothing about what came after, but a wish to be left alone; and
        // calls that hang since then take no room from those that show that it works again.
        let isNews = permit.era == era
        if isNews, permit.role == .work { inFlight -= 1 }
        switch result {
        case .inconclusive: break
        case .answered:
            if isNews, permit.role == .work { succeeded() }
        case .failed(let kind, let reason, let retryAfter):
            tally.failed += 1
            if let retryAfter { hold(for: retryAfter, at: now) }
            switch kind.bearing {
            case .throttle: throttled(permit, isNews: isNews)
            case .outage where isNews: failed(permit.delivery, kind, reason, at: now)
            case .crash where isNews: crashed(permit.delivery, reason, at: now)
            case .signIn: signInRefused(reason, at: now)
            case .outage, .crash, .record: break
            }
        }
    }

    /// Nobody is let in: no number of further calls would tell more.
    mutating func signInRefused(_ reason: Reason, at now: Duration) {
        if case .open = circuit { return }
        open(reason, at: now)
    }

    private mutating func succeeded() {
        forgetFailures()
        crashed = []
        close()
        successesInRow += 1
        if successesInRow >= settings.breaker.failures { openingsInRow = 0 }
        guard limit < settings.concurrency else { return }
        successesSinceRaise += 1
        guard successesSinceRaise >= limit else { return }
        limit += 1
        successesSinceRaise = 0
    }

    /// A platform can take too long over a single record, again and again. So as long as a single delivery gets no
    /// answer, and nothing else went wrong, it is the delivery that fails.
    private mutating func failed(
        _ delivery: DeliveryID?, _ kind: FailureKind, _ reason: Reason, at now: Duration
    ) {
        failuresInRow += 1
        successesInRow = 0
        if let delivery, kind.mayBeSlowRecord {
            if unanswered.count < 2 { unanswered.insert(delivery) }
        } else {
            hasPlainFailure = true
        }
        let isOutage = failuresInRow >= settings.breaker.failures && (hasPlainFailure || unanswered.count == 2)
        guard circuit == .halfOpen || isOutage else { return }
        open(reason, at: now)
    }

    private mutating func forgetFailures() {
        (failuresInRow, unanswered, hasPlainFailure) = (0, [], false)
    }

    /// F&O answers 500 to the exception of a single record. So only crashes over that many different deliveries, with
    /// nothing else coming back, are the destination's.
    private mutating func crashed(_ delivery: DeliveryID?, _ reason: Reason, at now: Duration) {
        guard let delivery else { return }
        successesInRow = 0
        if circuit == .halfOpen {
            guard !isCrashing else { return open(reason, at: now, isCrashing: true) }
            // It is there again, which is what the probe was to find out.
            close()
            forgetFailures()
        }
        crashed.insert(delivery)
        guard crashed.count >= settings.breaker.failures else { return }
        open(reason, at: now, isCrashing: true)
    }

    private mutating func throttled(_ permit: CallPermit, isNews: Bool) {
        tally.throttled += 1
        guard permit.role == .work else { return }
        if isNews {
            // It has no time, but it is there.
            forgetFailures()
            close()
        }
        guard permit.jam == jam else { return }
        jam += 1
        successesSinceRaise = 0
        guard limit > 1 else { return }
        limit = limit / 2
        changes.append(.lowered(concurrency: limit))
    }

    /// It asked for a pause, of this process or of an earlier one.
    mutating func hold(for wait: Duration, at now: Duration) {
        let wait = min(wait, settings.longestRetryAfter)
        guard now + wait > heldUntil, wait > .zero else { return }
        let isNew = heldUntil <= now
        heldUntil = now + wait
        if isNew { changes.append(.held(wait: wait)) }
    }

    private mutating func open(_ reason: Reason, at now: Duration, isCrashing: Bool = false) {
        era += 1
        tally.openings += 1
        var coolDown = settings.breaker.coolDown
        for _ in 0..<openingsInRow where coolDown < settings.breaker.longestCoolDown { coolDown *= 2 }
        coolDown = min(coolDown, max(settings.breaker.longestCoolDown, settings.breaker.coolDown))
        openingsInRow += 1
        circuit = .open(until: now + coolDown)
        cause = reason
        self.isCrashing = isCrashing
        // From a single call at a time: whoever comes back from an outage is not to be run over.
        (limit, inFlight, successesSinceRaise) = (1, 0, 0)
        forgetFailures()
        (successesInRow, crashed) = (0, [])
        changes.append(.opened(reason, wait: max(coolDown, heldUntil - now)))
    }

    private mutating func close() {
        guard circuit == .halfOpen else { return }
        circuit = .closed
        cause = nil
        isCrashing = false
        changes.append(.closed)
    }
}

/// Counted since the start.
public struct DestinationTally: Sendable, Equatable {
    /// Calls that left.
    public var calls = 0
    /// Calls whose failure may be the destination's.
    public var failed = 0
    /// Answers that asked for fewer calls (429).
    public var throttled = 0
    /// Calls that did not leave, since the destination was held.
    public var refused = 0
    /// How often the breaker opened.
    public var openings = 0

    public init() {}
}
