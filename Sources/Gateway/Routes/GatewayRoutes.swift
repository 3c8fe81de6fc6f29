import Commerce
import HTTPServer
import Logging
import Relay
import SignIn

/// All routes, with what they need.
struct GatewayRoutes: Sendable {
    var configuration: GatewayConfiguration
    var inbound: InboundSignIn
    var log: any EventLog
    var store: any OperatorStore
    var dispatcher: Dispatcher
    var isStopping: @Sendable () -> Bool
    var metrics: GatewayMetrics
    var relay: any RelayObserver
    var clock: any WallClock
    /// Certificates, for metrics and health.
    var credentials: [ListenerRole: TLSCredentials]
    var keeper: StoreKeeper?
    /// One for all listeners: what the public one refuses, the health routes show.
    private let overload: Overload
    let signals: AlertSignals
    /// For the operator API; set once everything that it watches is there.
    var alerts: AlertWatch?
    /// Sources that are asked for messages.
    var sources: [SourceBook] = []
    var pollers: [Poller] = []
    var jobs: JobRoutes?
    /// Set once their rows are read.
    var values: ValueKeeper?
    var mappings: MappingRoutes?
    var assurance: OrderAssurance?
    /// One for all listeners.
    let bulk: BulkChanges

    init(
        configuration: GatewayConfiguration, inbound: InboundSignIn, log: any EventLog,
        store: any OperatorStore, dispatcher: Dispatcher, isStopping: @escaping @Sendable () -> Bool,
        metrics: GatewayMetrics, relay: any RelayObserver, clock: any WallClock,
        credentials: [ListenerRole: TLSCredentials] = [:], keeper: StoreKeeper? = nil, signals: AlertSignals
    ) {
        let overload = Overload(clock: clock, metrics: metrics)
        self.configuration = configuration
        self.inbound = inbound
        self.log = WatchedEventLog(log: log, overload: overload)
        self.store = store
        self.dispatcher = dispatcher
        self.isStopping = isStopping
        self.metrics = metrics
        self.relay = relay
        self.clock = clock
        self.credentials = credentials
        self.keeper = keeper
        self.overload = overload
        self.signals = signals
        self.bulk = BulkChanges(clock: clock)
    }

    func readiness() -> Readiness {
        Readiness(
            inspection: store, clock: clock, overload: { overload.problem(at: clock.now()) }, dispatcher: pulse)
    }

    /// - Parameter roles: Which routes; all of them unless some have a listener of their own.
    func table(logger: Logger, serving roles: Set<ListenerRole> = Set(ListenerRole.allCases)) -> RouteTable {
        let access = OperatorAccess(configuration.operatorAPI)
        var table = RouteTable(Router(logger: logger))
        if roles.contains(.public) { addIntake(to: &table, logger: logger) }
        let monitoring = MonitoringRoutes(
            readiness: readiness(), inspection: store, metrics: metrics, access: access,
            startedAt: clock.now(), clock: clock, credentials: credentials,
            standings: { dispatcher.standingsNow }, keeper: keeper,
            sources: sources, assurance: assurance)
        if roles.contains(.health) { monitoring.addHealth(to: &table) }
        if roles.contains(.operator) {
            monitoring.addPages(to: &table)
            OperatorRoutes(
                access: access, store: store, dispatcher: dispatcher, bulk: bulk, alerts: alerts, keeper: keeper,
                jobs: jobs, assurance: assurance, pollers: pollers, mappings: mappings, values: values, clock: clock,
                fields: configuration.dynamics.businessEvents.fields
            ).add(to: &table)
        }
        return table
    }

    /// The way in, for whatever brings an event.
    var intake: Intake { Intake(log: log, observer: relay, wake: { dispatcher.wake(lane: $0) }) }

    private func addIntake(to table: inout RouteTable, logger: Logger) {
        let records = configuration.relay.recordRoutes
        CommerceWebhooks(
            signIn: inbound.webhooks, routes: records, intake: intake, clock: clock, logger: logger, signals: signals
        ).add(to: &table)
        if let events = configuration.commerce.events, let signatures = inbound.events {
            CommerceEvents(
                clientID: events.clientID, reader: CommerceEventReader(types: events.types),
                signatures: signatures,
                registration: EventRegistration(transport: inbound.transport, clock: clock, logger: logger),
                routes: records, intake: intake, clock: clock, signals: signals
            ).add(to: &table)
        }
        let events = configuration.dynamics.businessEvents
        DynamicsEvents(
            doors: events.doors(bearer: inbound.eventGrid),
            routes: events.routes.mapValues(configuration.relay.route(of:)), fields: events.fields, intake: intake,
            clock: clock,
            onTestEvent: { metrics.testEvent(source: "dynamics") }, signals: signals
        ).add(to: &table)
    }

    private func pulse() -> DispatcherPulse {
        if isStopping() { return .stopping }
        return configuration.relay.intakeOnly
            ? .off : .on(slowestRound: dispatcher.slowestRound, running: dispatcher.running)
    }
}

extension BusinessEventSettings {
    fileprivate func doors(bearer: JWTVerifier?) -> [DynamicsDoor] {
        let grid = eventGrid.map {
            DynamicsDoor(tokens: TokenSet($0.tokens), sender: .eventGrid(EventGridDemands($0, bearer: bearer)))
        }
        let dataverse = dataverse.map { DynamicsDoor(tokens: TokenSet($0.tokens), sender: .dataverse($0.signIn)) }
        // What demands more comes first, should one token stand in two places.
        return [grid, dataverse, DynamicsDoor(tokens: TokenSet(tokens), sender: .direct)].compactMap(\.self)
    }
}
