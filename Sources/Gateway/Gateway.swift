import Cryptography
import Dynamics
import Flows
public import HTTPClient
public import HTTPServer
public import Logging
import Mapping
public import Relay
import SQLiteStore
import Synchronization

/// The whole program but the command line: takes events in, stores them, carries them over.
public final class Gateway: Sendable {
    private enum Phase {
        case new
        case starting
        case running(Running)
        case stopped
    }

    private struct Running {
        var store: SQLiteStore
        var server: Server
        var dispatcher: Dispatcher
        var work: Task<Void, Never>
        var alerts: Task<Void, Never>
        var care: Task<Void, Never>
        var probe: Task<Void, Never>?
        /// Fetches messages; ends when those in hand are stored.
        var sources: Task<Void, Never>
        /// Asks lists; ends when the pages in hand are stored or given up.
        var polling: Task<Void, Never>
        /// Begins and watches jobs of data management.
        var jobs: Task<Void, Never>
        /// Compares both platforms by the clock.
        var assurance: Task<Void, Never>
    }

    private let configuration: GatewayConfiguration
    private let platforms: Platforms
    private let destinations: Destinations
    private let mappings: MappingDesk
    private let metrics: GatewayMetrics
    private let relay: any RelayObserver
    private let signals: AlertSignals
    private let orderTimes: OrderTimes
    private let alertChannels: AlertChannels
    private let inherited: [String: InheritedSocket]
    private let logger: Logger
    private let phase = Mutex(Phase.new)
    private let isStopping = Atomic(false)

    /// Opens nothing yet.
    /// - Parameters:
    ///   - transport: How platforms are called; libcurl by default.
    ///   - observer: Told what the relay does, besides log and metrics.
    ///   - inherited: Sockets of the service manager for the listeners `public`, `operator` and `health`.
    /// - Throws: What the HTTP client or a key cannot be made from.
    public init(
        configuration: GatewayConfiguration, transport: (any HTTPTransport)? = nil,
        observer: (any RelayObserver)? = nil, inherited: [String: InheritedSocket] = [:], logger: Logger
    ) throws {
        self.configuration = configuration
        metrics = GatewayMetrics(kinds: configuration.eventKinds)
        signals = AlertSignals(
            window: configuration.alerts.rules.signatureFailures?.within ?? .zero, clock: SystemClock())
        orderTimes = OrderTimes(rule: configuration.alerts.rules.orderTime, clock: SystemClock())
        relay = RelayFanOut(
            [RelayLog(logger: logger), RelayMetrics(metrics: metrics), signals, orderTimes]
                + (observer.map { [$0] } ?? []))
        destinations = Destinations(configuration.relay, clock: SystemClock(), observer: relay)
        platforms = try Platforms(configuration, transport: transport, destinations: destinations)
        mappings = try MappingDesk(configuration.mapping)
        alertChannels = try AlertChannels(configuration.alerts, clock: SystemClock())
        self.inherited = inherited
        self.logger = logger
    }

    /// Opens the store, then listens, and works until `stop()`.
    /// - Returns: Where the public listener listens.
    /// - Throws: `TLSError`, `StoreOpenError`, `ServerError`, `GatewayError.startedBefore`, or `CancellationError` if it was
    ///   stopped meanwhile.
    public func start() async throws -> SocketAddress {
        try phase.withLock { phase in
            guard case .new = phase else { throw GatewayError.startedBefore }
            phase = .starting
        }
        let credentials = try configuration.server.credentials()
        let store = try SQLiteStore.open(
            path: configuration.store.sqlite, options: StoreOptions(maxWaiting: configuration.store.waiting),
            vault: configuration.store.vault, logger: logger)
        let clock = SystemClock()
        let values = try await values(in: store)
        let flows = platforms.flows(
            configuration: configuration, links: store, mappings: mappings.live, values: values.tables)
        let dispatcher = Dispatcher(
            settings: configuration.dispatcherSettings, flows: flows, queue: store, memory: store,
            links: store, controls: store, destinationMemory: store, destinations: destinations.all, clock: clock,
            observer: relay, redactor: AuditRedactor(configuration.audit))
        let keeper = StoreKeeper(configuration, store: store, clock: clock, logger: logger)
        var routes = GatewayRoutes(
            configuration: configuration, inbound: platforms.inbound, log: store, store: store,
            dispatcher: dispatcher, isStopping: { [weak self] in self?.isStopping.load(ordering: .relaxed) ?? true },
            metrics: metrics, relay: relay, clock: clock, credentials: credentials, keeper: keeper, signals: signals)
        let serviceBus = configuration.serviceBusSource(
            routes, signIn: platforms.signIn, transport: platforms.serviceBus, logger: logger)
        let polling = configuration.pollingOf(platforms, routes, cursors: store, logger: logger)
        routes.sources = [serviceBus?.book].compactMap { $0 } + polling.pollers.map(\.standing)
        routes.pollers = polling.pollers
        let jobs = configuration.jobRunner(platforms.dataManagement, book: store, clock: clock, logger: logger)
        routes.values = values
        routes.jobs = JobRoutes(book: store, runner: jobs)
        let trial = MappingTrial(flows, values: values.tables, bodies: store)
        routes.mappings = MappingRoutes(desk: mappings, trial: trial, acts: store, clock: clock)
        let comparisons = configuration.reconciliationDesk(
            store: store, routes: routes,
            FlowContext(
                commerce: platforms.commerce, dynamics: platforms.dynamics, links: store, mappings: mappings.live,
                values: values.tables), clock: clock, logger: logger)
        let assurance = OrderAssurance(
            times: orderTimes, desk: comparisons, book: store,
            synthetic: configuration.syntheticOrders(platforms, clock: clock, logger: logger))
        routes.assurance = assurance
        let alerts = alerts(routes, memory: store)
        routes.alerts = alerts.watch
        let server = Server(
            configuration: configuration.server.serverConfiguration,
            listeners: configuration.server.listenerConfigurations(routes, inherited: inherited, logger: logger),
            observer: ServerWatch(metrics: metrics, logger: logger, clock: clock), logger: logger)
        let address: SocketAddress
        do {
            address = try server.start()
        } catch {
            await store.close()
            throw error
        }
        let running = Running(
            store: store, server: server, dispatcher: dispatcher, work: Task { await dispatcher.run() },
            alerts: Task { await alerts.run() }, care: Task { await keeper.run() },
            probe: probe(), sources: Task { await serviceBus?.run() },
            polling: Task { await polling.run() }, jobs: Task { await jobs?.run() },
            assurance: Task { await assurance.run() })
        let wasStopped = phase.withLock { phase in
            if case .stopped = phase { return true }
            phase = .running(running)
            return false
        }
        if wasStopped {
            await drain(running)
            throw CancellationError()
        }
        announce(server)
        return address
    }

    /// Where a listener listens: `public`, `operator` or `health`; `nil` unless it is there and running.
    public func address(of listener: String) -> SocketAddress? { running?.server.address(of: listener) }

    /// Reads the certificates again, changed or not. One that can't be used is logged and leaves the one before.
    public func reloadCertificates() async { await running?.server.reloadCertificates() }

    private func values(in store: SQLiteStore) async throws -> ValueKeeper {
        do {
            return try await ValueKeeper(configuration.values, book: store)
        } catch {
            await store.close()
            throw error
        }
    }

    /// Reads the folder of mapping documents again. A mistake is logged and leaves those before in force.
    public func reloadMappings() async {
        do {
            let changed = try await mappings.reload()
            logger.notice("mapping documents read again", metadata: ["changed": "\(changed.joined(separator: ", "))"])
        } catch {
            logger.error("mapping documents refused; those before stay in force", metadata: ["problems": "\(error)"])
        }
    }

    private var running: Running? {
        phase.withLock { if case .running(let running) = $0 { running } else { nil } }
    }

    /// Takes no new connections, answers the requests in flight, lets running deliveries end until the deadline,
    /// and closes the store. What is cut off is taken up again at the next start.
    public func stop() async {
        let running = phase.withLock { phase -> Running? in
            defer { phase = .stopped }
            guard case .running(let running) = phase else { return nil }
            return running
        }
        // First of all: a gateway that stops is not ready, which is no trouble.
        running?.alerts.cancel()
        isStopping.store(true, ordering: .relaxed)
        if let running { await drain(running) }
    }

    private func drain(_ running: Running) async {
        let deadline = ContinuousClock.now + configuration.shutdown.deadline
        logger.info("stopping", metadata: ["atWork": "\(running.dispatcher.running)"])
        running.alerts.cancel()
        // Both at once: deliveries don't wait for slow peers, nor the other way round.
        running.dispatcher.stop()
        running.care.cancel()
        running.probe?.cancel()
        running.sources.cancel()
        running.polling.cancel()
        running.jobs.cancel()
        running.assurance.cancel()
        await running.server.stop(deadline: configuration.shutdown.deadline)
        if await !running.work.ends(by: deadline) {
            logger.warning(
                "the deadline for running deliveries has passed; they are taken up again at the next start",
                metadata: ["atWork": "\(running.dispatcher.running)"])
            running.work.cancel()
            _ = await running.work.ends(by: ContinuousClock.now + Self.cancellationGrace)
        }
        _ = await running.sources.ends(by: max(deadline, ContinuousClock.now + Self.cancellationGrace))
        _ = await running.polling.ends(by: max(deadline, ContinuousClock.now + Self.cancellationGrace))
        _ = await running.jobs.ends(by: ContinuousClock.now + Self.cancellationGrace)
        _ = await running.assurance.ends(by: ContinuousClock.now + Self.cancellationGrace)
        _ = await running.alerts.ends(by: ContinuousClock.now + Self.cancellationGrace)
        // A backup that takes longer is made anew after the next start.
        _ = await running.care.ends(by: ContinuousClock.now + Self.cancellationGrace)
        _ = await running.probe?.ends(by: ContinuousClock.now + Self.cancellationGrace)
        await running.store.close()
        logger.info("stopped")
    }

    /// Beside everything else: a D365 that is away, or slow after its own start, must not delay ours.
    private func probe() -> Task<Void, Never>? {
        guard configuration.dynamics.odata.probeAtStart, !configuration.relay.intakeOnly else { return nil }
        let probe = DynamicsProbe(dynamics: platforms.dynamics, more: configuration.moreEntitySets)
        let logger = logger
        return Task { await probe.run(logger) }
    }

    private func alerts(_ routes: GatewayRoutes, memory: any AlertMemory) -> Alerts {
        let (destinations, dispatcher) = (destinations.all, routes.dispatcher)
        let senses = AlertSenses(
            inspection: routes.store, readiness: routes.readiness(), signals: signals,
            credentials: routes.credentials, signInEnd: configuration.dynamics.auth.end,
            breakers: {
                // The code alone: the words of a failure may quote a record.
                destinations.map(\.overview).map { ($0.name, $0.breaker != .closed, $0.reason?.code ?? "unknown") }
            },
            stops: {
                let stopped = dispatcher.standings.compactMap { lane in lane.stop.map { (lane.lane, $0) } }
                return Dictionary(stopped, uniquingKeysWith: { first, _ in first })
            }, assurance: routes.assurance)
        return Alerts(
            configuration.alerts, channels: alertChannels, senses: senses, memory: memory, clock: routes.clock,
            metrics: AlertMetrics(factory: metrics.registry), logger: logger)
    }

    /// How long flows that were cut off may take to notice.
    private static let cancellationGrace = Duration.seconds(2)

    private func announce(_ server: Server) {
        let lanes = configuration.dispatcherSettings.lanes.mapValues(\.concurrency).sorted { $0.key < $1.key }
        var fields: Logger.Metadata = [
            "store": "\(configuration.store.sqlite)",
            "lanes": "\(lanes.map { "\($0.key):\($0.value)" }.joined(separator: " "))",
            "version": "\(Version.current)",
        ]
        for (role, settings) in configuration.server.allListeners {
            guard let address = server.address(of: role.rawValue) else { continue }
            let field = role == .public ? "address" : role.rawValue
            fields[field] = "\(address)\(settings.tls == nil ? "" : " (TLS)")"
        }
        logger.info("listening", metadata: fields)
        if !configuration.operatorAPI.isOn { logger.notice("the operator API is off: operator.token is not set") }
        if configuration.relay.intakeOnly {
            logger.notice("relay.intakeOnly is set: events are stored, not delivered")
        }
    }
}
