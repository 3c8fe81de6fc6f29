import Flows
import Mapping
import Relay

extension Platforms {
    /// The flows that deliveries are carried by; one for each `KnownFlow`, under the same name.
    func flows(
        configuration: GatewayConfiguration, links: any LinkLookup, mappings: LiveMappings, values: any ValueLookup
    ) -> [any Flow] {
        let policy = configuration.orderPolicy
        let context = FlowContext(
            commerce: commerce, dynamics: dynamics, links: links, mappings: mappings, values: values)
        return [
            OrderToSalesOrder(context, policy: policy, companies: configuration.companies),
            InvoiceToCommerce(
                context, policy: configuration.invoicePolicy,
                creditNotes: CreditNoteToCommerce(context, orders: policy, policy: configuration.refunds)),
            ShipmentToCommerce(context, policy: configuration.shippingPolicy),
            OrderStatusToCommerce(context, policy: configuration.orderStatusPolicy),
        ] + configuration.moneyFlows(context) + partyFlows(context, configuration)
    }
}

extension GatewayConfiguration {
    var orderPolicy: OrderPolicy {
        var policy = OrderPolicy(
            legalEntities: legalEntities,
            standardProfile: EntityProfile(orders.defaults),
            profiles: orders.perLegalEntity.mapValues(EntityProfile.init), skippedStates: Set(orders.skipStates),
            tolerance: orders.tolerance, salesOrderOrigin: orders.origin, lines: orders.lines,
            money: orders.money)
        policy.changes = orders.changes
        return policy
    }
}

extension EntityProfile {
    fileprivate init(_ defaults: OrderDefaults) {
        self.init(
            customerGroup: defaults.customerGroup, paymentTerms: defaults.paymentTerms, language: defaults.language,
            site: defaults.site, warehouse: defaults.warehouse,
            shipping: defaults.shippingItem.map { .item($0) } ?? .leftToDynamics)
    }
}
