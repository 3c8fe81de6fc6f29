import Dynamics
import Mapping

extension EntitySetNames {
    /// The keys of `dynamics.entities`.
    static let keys: [(key: String, path: any WritableKeyPath<EntitySetNames, String> & Sendable)] = [
        ("customers", \.customers), ("salesOrderHeaders", \.salesOrderHeaders),
        ("salesOrderLines", \.salesOrderLines), ("salesInvoiceHeaders", \.salesInvoiceHeaders),
        ("salesInvoiceLines", \.salesInvoiceLines), ("paymentJournalHeaders", \.paymentJournalHeaders),
        ("paymentJournalLines", \.paymentJournalLines), ("returnOrderHeaders", \.returnOrderHeaders),
        ("returnOrderLines", \.returnOrderLines),
        ("customerAddresses", \.customerAddresses), ("partyContacts", \.partyContacts),
        ("salesQuotationHeaders", \.salesQuotationHeaders), ("salesQuotationLines", \.salesQuotationLines),
    ]

    /// A sentence for each name that the environment does not have, with the one that was most likely meant.
    /// - Parameters:
    ///   - names: That are needed.
    ///   - present: All entity sets of the environment.
    func missing(_ names: [String], among present: [String]) -> [String] {
        let known = Set(present)
        return Self.keys.compactMap { key, path in
            let name = self[keyPath: path]
            guard names.contains(name), !known.contains(name) else { return nil }
            let advice = NearestName.of(name, among: present).map { "; it has \($0)" } ?? ""
            return "D365 has no entity set \(name), which dynamics.entities.\(key) names\(advice)."
        }
    }
}
