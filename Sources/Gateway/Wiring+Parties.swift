import Flows
import Relay

extension Platforms {
    /// Customers, companies and what they owe.
    func partyFlows(_ context: FlowContext, _ configuration: GatewayConfiguration) -> [any Flow] {
        let policies = configuration.partyPolicies
        return [
            CustomerToDynamics(context, policies: policies), CompanyToDynamics(context, policies: policies),
            QuoteToQuotation(context, policies: policies, policy: configuration.quotes),
            CustomerToCommerce(context, policies: policies), CompanyCreditToCommerce(context, policies: policies),
        ]
    }
}

extension GatewayConfiguration {
    var partyPolicies: PartyPolicies {
        PartyPolicies(customers: customers, companies: companies, orders: orderPolicy)
    }
}
