import Relay

/// A dispatcher over a store in memory and a clock that the test turns.
struct Station {
    static let lane = "dynamics/Scripted"
    static let lease = Duration.seconds(60)

    let clock = ManualClock()
    let store = MemoryStore()
    let log = SignalLog()
    let destinations: [Destination]
    let dispatcher: Dispatcher

    init(
        lanes: [String: Int] = [lane: 4], owner: String = "me", calendar: LaneCalendar = LaneCalendar(),
        destination: DestinationSettings? = nil,
        _ script: @escaping @Sendable (StoredEvent, Steps) async throws -> String? = { _, _ in nil }
    ) {
        let settings = lanes.mapValues { LaneSettings(concurrency: $0, calendars: [calendar]) }
        destinations =
            destination.map { [clock, log] in
                [Destination(name: "dynamics", settings: $0, clock: clock, observer: log)]
            } ?? []
        dispatcher = Self.dispatcher(store, clock, log, settings, owner, destinations, script)
    }

    static func dispatcher(
        _ store: MemoryStore, _ clock: ManualClock, _ log: SignalLog, _ lanes: [String: LaneSettings],
        _ owner: String,
        _ destinations: [Destination] = [],
        _ script: @escaping @Sendable (StoredEvent, Steps) async throws -> String?
    ) -> Dispatcher {
        Dispatcher(
            settings: DispatcherSettings(
                owner: owner, lanes: lanes, rules: RetryRules(schedule: RetrySchedule(firstWait: .seconds(10))),
                lease: lease),
            flows: [ScriptedFlow(script)], queue: store, memory: store, links: store, controls: store,
            destinationMemory: store, destinations: destinations, clock: clock, observer: log)
    }

    /// Stores an event and wakes its lanes, as a webhook would.
    @discardableResult
    func post(_ number: Int, subject: String? = nil, lanes: [String] = [lane]) async throws -> EventID {
        let intake = Intake(log: store) { [dispatcher] in dispatcher.wake(lane: $0) }
        let routes = lanes.map { Route.scripted(lane: $0) }
        return try await intake.accept(.order(number, subject: subject, routes: routes, at: clock.now())).event
    }

    /// Runs the dispatcher while `body` runs, then stops it and waits for its end.
    func whileRunning(_ body: () async throws -> Void) async rethrows {
        let run = Task { await dispatcher.run() }
        defer { run.cancel() }
        try await body()
        dispatcher.stop()
        await withTaskCancellationHandler {
            await run.value
        } onCancel: {
            run.cancel()
        }
    }

    func until(_ event: EventID, is state: DeliveryState) async {
        await store.content.until { $0.state(event) == state }
    }

    func untilAllFinished() async { await store.content.until { $0.unfinished == 0 } }
}
