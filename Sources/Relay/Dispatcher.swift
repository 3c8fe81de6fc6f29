import Synchronization

/// Carries deliveries: claims what is due in each lane, runs the flows side by side, and writes down what came of
/// them. One loop per lane, so that a slow destination keeps nobody else waiting.
public final class Dispatcher: Sendable {
    let settings: DispatcherSettings
    let flows: [String: any Flow]
    let queue: any DeliveryQueue
    let memory: any StepMemory
    let links: any LinkLookup
    /// Never goes back, unlike the wall clock.
    let clock: any WallClock
    let wall: any WallClock
    let observer: any RelayObserver
    let redactor: any Redactor
    let destinations: [String: Destination]
    let lanes: [String: Lane]
    let pauses: PauseBook
    let holds: HoldBook
    let locks = KeyedLocks<LinkKey>()
    private let hasStopped = Atomic(false)
    /// How long the store is left alone after it refused something.
    static let restAfterTrouble = Duration.seconds(1)

    /// - Parameters:
    ///   - destinations: Lanes whose name begins with one's name and a slash go by its state.
    ///   - redactor: What the audit trail may hold of calls; nothing of their content by default.
    public init(
        settings: DispatcherSettings, flows: [any Flow], queue: any DeliveryQueue, memory: any StepMemory,
        links: any LinkLookup, controls: any LaneControls, destinationMemory: any DestinationMemory,
        destinations: [Destination] = [], clock: any WallClock = SystemClock(),
        observer: any RelayObserver = SilentObserver(), redactor: any Redactor = ContentFreeRedactor()
    ) {
        let destinations = Dictionary(uniqueKeysWithValues: destinations.map { ($0.name, $0) })
        self.settings = settings
        self.flows = Dictionary(uniqueKeysWithValues: flows.map { (type(of: $0).name, $0) })
        self.queue = queue
        self.memory = memory
        self.links = links
        self.clock = SteadyClock(clock)
        self.wall = clock
        self.observer = observer
        self.redactor = redactor
        self.destinations = destinations
        self.pauses = PauseBook(controls)
        self.holds = HoldBook(destinationMemory, destinations, clock)
        self.lanes = Dictionary(
            uniqueKeysWithValues: settings.lanes.map { name, settings in
                let destination = destinations[LaneSettings.destination(of: name)]
                return (name, Lane(name: name, settings: settings, destination: destination))
            })
        for lane in lanes.values { lane.destination?.whenChanged { [bell = lane.bell] in bell.ring() } }
    }

    /// Tells a lane that something may be due.
    public func wake(lane: String) { lanes[lane]?.bell.ring() }

    /// Deliveries at work now.
    public var running: Int { lanes.values.reduce(0) { $0 + $1.running } }

    /// When the lane that has waited longest for its turn last looked for work; `nil` before the first round.
    /// Grows old only if the dispatcher hangs.
    public var slowestRound: Timestamp? { lanes.values.compactMap(\.lastRound).min() }

    /// Works until `stop` is called, then until what is running has ended. Cancelling the task cuts running flows
    /// off at their next suspension; their deliveries are taken up again at the next start.
    public func run() async {
        await rescueDeadOwners()
        await restoreHolds()
        let keeping = Task { await self.keepHolds() }
        await withTaskCancellationHandler {
            await withTaskGroup(of: Void.self) { group in
                for lane in lanes.values where lane.settings.concurrency > 0 {
                    group.addTask { await self.serve(lane) }
                }
                let heartbeat = Task { await self.heartbeat() }
                await group.waitForAll()
                heartbeat.cancel()
            }
        } onCancel: {
            // A lane asleep does not notice that it was cancelled.
            ringAll()
        }
        holds.close()
        await keeping.value
    }

    /// Claims nothing more. `run` returns when the running deliveries have ended.
    public func stop() {
        hasStopped.store(true, ordering: .relaxed)
        ringAll()
    }

    func ringAll() {
        for lane in lanes.values { lane.bell.ring() }
    }

    var isStopping: Bool { hasStopped.load(ordering: .relaxed) || Task.isCancelled }

    /// Until it has worked: on a full disk it does not, and what the last run left would wait for its leases to end.
    private func rescueDeadOwners() async {
        while !isStopping {
            do {
                try await queue.rescue(now: clock.now(), owner: settings.owner, otherOwners: true)
                return
            } catch {
                observer.notice(.storeTrouble("cannot take up what the last run left: \(error)"))
                try? await clock.sleep(for: Self.restAfterTrouble)
            }
        }
    }

    private func heartbeat() async {
        while !Task.isCancelled {
            try? await clock.sleep(for: settings.lease / 3)
            guard !Task.isCancelled else { return }
            do {
                // In this order: after a jump of the clock, leases look ended that are well held.
                let now = clock.now()
                try await queue.extendLeases(owner: settings.owner, until: now + settings.lease)
                let rescued = try await queue.rescue(now: now, owner: settings.owner, otherOwners: false)
                let isNews = try await pauses.read()
                if rescued > 0 || isNews { ringAll() }
            } catch {
                observer.notice(.storeTrouble("cannot prolong leases or read pauses: \(error)"))
            }
        }
    }
}
