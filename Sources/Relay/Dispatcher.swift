import Synchronization

/// Carries deliveries: claims what is due in each lane, runs the flows side by side, and writes down what came of
/// them. One loop per lane, so that a slow destination keeps nobody else waiting.
public final class Dispatcher: Sendable {
    private let settings: DispatcherSettings
    private let flows: [String: any Flow]
    private let queue: any DeliveryQueue
    private let memory: any StepMemory
    private let links: any LinkLookup
    private let clock: any WallClock
    private let observer: any RelayObserver
    private let locks = KeyedLocks<LinkKey>()
    private let bells: [String: WakeUp]
    private let state = Mutex(State())
    /// How long the store is left alone after it refused something.
    private static let restAfterTrouble = Duration.seconds(1)
    private static let finishTriesWhenStopping = 5

    private struct State {
        var isStopping = false
        var running: [String: Int] = [:]
        /// When each lane last looked for work, its hands full or not: a lane that stands still is not ready.
        var lastRound: [String: Timestamp] = [:]
    }

    public init(
        settings: DispatcherSettings, flows: [any Flow], queue: any DeliveryQueue, memory: any StepMemory,
        links: any LinkLookup, clock: any WallClock = SystemClock(), observer: any RelayObserver = SilentObserver()
    ) {
        self.settings = settings
        self.flows = Dictionary(uniqueKeysWithValues: flows.map { (type(of: $0).name, $0) })
        self.queue = queue
        self.memory = memory
        self.links = links
        self.clock = clock
        self.observer = observer
        self.bells = settings.lanes.mapValues { _ in WakeUp() }
    }

    /// Tells a lane that something may be due.
    public func wake(lane: String) { bells[lane]?.ring() }

    /// Deliveries at work now.
    public var running: Int { state.withLock { $0.running.values.reduce(0, +) } }

    /// When the lane that has waited longest for its turn last looked for work; `nil` before the first round.
    /// Grows old only if the dispatcher hangs.
    public var slowestRound: Timestamp? { state.withLock { $0.lastRound.values.min() } }

    /// Works until `stop` is called, then until what is running has ended. Cancelling the task cuts running flows
    /// off at their next suspension; their deliveries are taken up again at the next start.
    public func run() async {
        await rescueDeadOwners()
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for (lane, concurrency) in settings.lanes where concurrency > 0 {
                    group.addTask { await self.serve(lane, concurrency) }
                }
                let heartbeat = Task { await self.heartbeat() }
                await group.waitForAll()
                heartbeat.cancel()
            }
        } onCancel: {
            // A lane asleep does not notice that it was cancelled.
            ringAll()
        }
    }

    /// Claims nothing more. `run` returns when the running deliveries have ended.
    public func stop() {
        state.withLock { $0.isStopping = true }
        ringAll()
    }

    private func ringAll() {
        for bell in bells.values { bell.ring() }
    }

    private var isStopping: Bool { state.withLock { $0.isStopping } || Task.isCancelled }

    private func serve(_ lane: String, _ concurrency: Int) async {
        guard let bell = bells[lane] else { return }
        await withDiscardingTaskGroup { group in
            while !isStopping {
                let now = clock.now()
                let free = state.withLock {
                    $0.lastRound[lane] = now
                    return concurrency - $0.running[lane, default: 0]
                }
                // The lane looks again at the latest with the next heartbeat, even if a ring went missing.
                var next = now + settings.lease / 3
                if free > 0, let claims = await claim(lane, free, now) {
                    for claim in claims {
                        state.withLock { $0.running[lane, default: 0] += 1 }
                        group.addTask {
                            await self.carry(claim)
                            self.state.withLock { $0.running[lane, default: 0] -= 1 }
                            bell.ring()
                        }
                    }
                    // A full hand means that there may be more; the next finish rings.
                    if claims.count < free { next = min(next, await nextDue(lane) ?? next) }
                } else if free > 0 {
                    next = min(next, now + Self.restAfterTrouble)
                }
                await sleep(bell, until: next)
            }
        }
    }

    /// - Returns: `nil` if the store could not say.
    private func claim(_ lane: String, _ limit: Int, _ now: Timestamp) async -> [Claim]? {
        do {
            return try await queue.claim(
                lane: lane, limit: limit, bulkLimit: limit, owner: settings.owner, now: now,
                leaseUntil: now + settings.lease)
        } catch {
            observer.notice(.storeTrouble("cannot claim in lane \(lane): \(error)"))
            return nil
        }
    }

    private func nextDue(_ lane: String) async -> Timestamp? {
        do {
            return try await queue.nextDue(lane: lane)
        } catch {
            observer.notice(.storeTrouble("cannot see what is next in lane \(lane): \(error)"))
            return nil
        }
    }

    private func sleep(_ bell: WakeUp, until moment: Timestamp) async {
        let alarm = Task {
            try await clock.sleep(until: moment)
            bell.ring()
        }
        await bell.wait()
        alarm.cancel()
    }

    private func carry(_ claim: Claim) async {
        observer.notice(.started(claim))
        let attempt = Attempt(
            claim: claim, flow: flows[claim.route.flow], schedule: settings.schedule, clock: clock,
            jitter: .random(in: -1...1))
        let ended = await attempt.run {
            Steps(
                claim: claim,
                // A first attempt has no history, so that the common case costs no look-up.
                history: claim.lease.attempt == 1 ? [] : try await memory.steps(of: claim.lease.delivery),
                memory: memory, links: links, locks: locks, clock: clock, observer: observer)
        }
        guard let (outcome, record) = ended else {
            return observer.notice(Task.isCancelled ? .interrupted(claim.lease) : .leaseLost(claim.lease))
        }
        await finish(claim, outcome, record)
    }

    private func finish(_ claim: Claim, _ outcome: Outcome, _ record: AttemptRecord) async {
        // Tried for as long as the process lives: heartbeats keep the lease, so nobody else would end the delivery.
        // A stopping process gives up; its delivery is rescued at the next start, and its steps are remembered.
        var tries = 0
        while true {
            do {
                guard let finished = try await queue.finish(claim.lease, outcome, record) else {
                    return observer.notice(.leaseLost(claim.lease))
                }
                if let lane = finished.freedLane { wake(lane: lane) }
                return observer.notice(
                    .finished(claim, finished.outcome, took: record.finishedAt - record.startedAt))
            } catch {
                observer.notice(.storeTrouble("cannot finish delivery \(claim.lease.delivery): \(error)"))
                tries += 1
                guard !isStopping || tries < Self.finishTriesWhenStopping else { return }
                try? await clock.sleep(until: clock.now() + Self.restAfterTrouble)
            }
        }
    }

    private func heartbeat() async {
        while !Task.isCancelled {
            try? await clock.sleep(until: clock.now() + settings.lease / 3)
            guard !Task.isCancelled else { return }
            do {
                let now = clock.now()
                try await queue.extendLeases(owner: settings.owner, until: now + settings.lease)
                let rescued = try await queue.rescue(now: now, owner: settings.owner, otherOwners: false)
                if rescued > 0 { ringAll() }
            } catch {
                observer.notice(.storeTrouble("cannot prolong leases: \(error)"))
            }
        }
    }

    private func rescueDeadOwners() async {
        do {
            try await queue.rescue(now: clock.now(), owner: settings.owner, otherOwners: true)
        } catch {
            observer.notice(.storeTrouble("cannot take up what the last run left: \(error)"))
        }
    }
}
