import Dynamics
import HTTPClient
import Logging
import Relay

extension GatewayConfiguration {
    /// The source of Business Events that is asked for them; `nil` if none is configured.
    func serviceBusSource(
        _ routes: GatewayRoutes, signIn: DynamicsSignIn, transport: any HTTPTransport, logger: Logger
    ) -> ServiceBusSource? {
        guard let settings = dynamics.serviceBus else { return nil }
        return ServiceBusSource(
            settings, entra: { signIn.tokens(for: .serviceBus) }, transport: transport, intake: routes.intake,
            routes: dynamics.businessEvents.routes.mapValues(relay.route(of:)),
            fields: dynamics.businessEvents.fields, unreadable: relay.route(of: .invoiceToCommerce),
            signals: routes.signals,
            onTestEvent: { [metrics = routes.metrics] in metrics.testEvent(source: "dynamics") },
            clock: routes.clock, logger: logger)
    }
}
