import Dynamics
import Flows

extension GatewayConfiguration {
    /// Entity sets that are looked at only where the section that needs them is configured: an environment without
    /// quotations is none with a mistake.
    var moreEntitySets: [String] {
        let names = dynamics.entities
        let bySection = [
            "payments": [names.paymentJournalHeaders, names.paymentJournalLines],
            "refunds": [names.returnOrderHeaders, names.returnOrderLines],
            "customers": [names.customerAddresses] + (customers.parties == .contacts ? [names.partyContacts] : []),
            "companies": [names.customerAddresses],
            "quotes": [names.salesQuotationHeaders, names.salesQuotationLines],
        ]
        let needed = sections.sorted().flatMap { bySection[$0] ?? [] }
        return needed.enumerated().filter { needed.firstIndex(of: $0.element) == $0.offset }.map(\.element)
    }
}
