import Commerce
import HTTPServer
import Logging
import Relay

/// All routes, with what they need.
struct GatewayRoutes: Sendable {
    var configuration: GatewayConfiguration
    var signatures: WebhookSignatures
    var log: any EventLog
    var inspection: any Inspection
    var dispatcher: Dispatcher
    var isStopping: @Sendable () -> Bool
    var metrics: GatewayMetrics
    var relay: any RelayObserver
    var clock: any WallClock

    func table(logger: Logger) -> RouteTable {
        let overload = Overload(clock: clock, metrics: metrics)
        let log = WatchedEventLog(log: log, overload: overload)
        let intake = Intake(log: log, observer: relay, wake: { dispatcher.wake(lane: $0) })
        let access = OperatorAccess(configuration.operatorAPI)
        var table = RouteTable(Router(logger: logger))
        CommerceWebhooks(signatures: signatures, intake: intake, clock: clock, logger: logger).add(to: &table)
        DynamicsEvents(
            tokens: TokenSet(configuration.dynamics.businessEvents.tokens),
            flows: configuration.dynamics.businessEvents.routes, intake: intake, clock: clock,
            onTestEvent: { metrics.testEvent(source: "dynamics") }
        ).add(to: &table)
        MonitoringRoutes(
            readiness: Readiness(
                inspection: inspection, clock: clock, overload: { overload.problem(at: clock.now()) },
                dispatcher: pulse), inspection: inspection,
            metrics: metrics, access: access, startedAt: clock.now(), clock: clock
        ).add(to: &table)
        OperatorRoutes(
            access: access, inspection: inspection, clock: clock,
            wakeAll: { for flow in KnownFlow.allCases { dispatcher.wake(lane: flow.lane) } }
        ).add(to: &table)
        return table
    }

    private func pulse() -> DispatcherPulse {
        if isStopping() { return .stopping }
        return configuration.relay.intakeOnly
            ? .off : .on(slowestRound: dispatcher.slowestRound, running: dispatcher.running)
    }
}
