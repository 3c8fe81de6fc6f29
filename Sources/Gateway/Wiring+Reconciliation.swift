import Dynamics
import Flows
import Logging
import Relay

extension GatewayConfiguration {
    /// What compares both platforms; `nil` where none is called.
    func reconciliationDesk(
        store: any ReconciliationBook & FindingRepair.Store, routes: GatewayRoutes,
        _ context: FlowContext, clock: any WallClock, logger: Logger
    ) -> ReconciliationDesk? {
        guard !relay.intakeOnly else { return nil }
        let policy = reconciliation.policy(orderPolicy, Set(announcedBy.keys))
        let (ids, known) = (announcedBy, dynamics.businessEvents.routes.mapValues(relay.route(of:)))
        let (dispatcher, fields) = (routes.dispatcher, dynamics.businessEvents.fields)
        let road = RepairRoad(
            intake: routes.intake, orders: [relay.route(of: .orderToSalesOrder)], shipping: shippingPolicy,
            event: { ids[$0] },
            businessEvent: { body, moment in
                NewEvent(
                    try BusinessEventReader.read(body), body: body, receivedAt: moment, routes: known, fields: fields)
            }, wakeAll: { for flow in KnownFlow.allCases { dispatcher.wake(lane: flow.lane) } })
        return ReconciliationDesk(
            reconciliation, book: store,
            comparing: ReconciliationRun(
                context, inspection: store, policy: policy, clock: clock),
            repairing: FindingRepair(
                context, store: store, policy: policy, road: road),
            clock: clock, logger: logger)
    }

    /// `nil` where none is configured.
    func syntheticOrders(_ platforms: Platforms, clock: any WallClock, logger: Logger) -> SyntheticOrders? {
        guard !relay.intakeOnly, let syntheticOrder else { return nil }
        let trip = RoundTrip(
            commerce: platforms.commerce, dynamics: platforms.dynamics, legalEntities: legalEntities, clock: clock)
        return SyntheticOrders(syntheticOrder, trip: trip, clock: clock, logger: logger)
    }

    /// The `BusinessEventId` that starts the flow of each kind, as far as one is routed to it.
    private var announcedBy: [ReconciliationPolicy.Announcement: String] {
        var ids: [ReconciliationPolicy.Announcement: String] = [:]
        for (id, flow) in dynamics.businessEvents.routes.sorted(by: { $0.key < $1.key }) {
            if let what = flow.announcement, ids[what] == nil { ids[what] = id }
        }
        return ids
    }
}

extension KnownFlow {
    /// What of F&O's side it carries, where a finding of the comparison is mended by it.
    fileprivate var announcement: ReconciliationPolicy.Announcement? {
        switch self {
        case .invoiceToCommerce: .invoice
        case .shipmentToCommerce: .shipment
        case .orderStatusToCommerce: .cancellation
        default: nil
        }
    }
}
