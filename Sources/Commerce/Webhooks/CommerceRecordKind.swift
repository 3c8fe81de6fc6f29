/// The kinds of Commerce's records that events tell of. The raw value is the `{kind}` of
/// `POST /webhooks/commerce/{kind}`, and the kind of the events that are stored.
public enum CommerceRecordKind: String, Sendable, Hashable, CaseIterable, Codable {
    /// Read as an `OrderNotice`.
    case order
    // Read as a `RecordNotice`.
    case invoice, creditmemo, `return`, customer, company
    /// Negotiable quotes, by their quote's id.
    case quote

    /// Documents that are made once and only go from one state into the next: what the document is in this state is
    /// one fact, however often and by whatever way it is told.
    public var isDocument: Bool { self == .invoice || self == .creditmemo }

    /// The types of Adobe I/O Events that tell of it, without `CommerceEvent.prefix`; PaaS names plugins with
    /// `magento.`, SaaS without.
    public var eventTypes: Set<String> {
        switch self {
        case .order: CommerceEvent.orderTypes
        case .invoice: Self.saved("sales_order_invoice", api: "sales.api.invoice_repository.save")
        case .creditmemo: Self.saved("sales_order_creditmemo", api: "sales.api.creditmemo_repository.save")
        case .return: Self.saved("rma", api: "rma.api.rma_repository.save")
        case .customer:
            Self.saved("customer", api: "customer.api.customer_repository.save").union([
                "observer.customer_register_success"
            ])
        case .company: Self.saved("company", api: "company.api.company_repository.save")
        // Every cart of the shop saves a `sales_quote`, so that event is for who filters it and names it himself.
        case .quote: Self.saved("negotiable_quote", api: "negotiable_quote.api.negotiable_quote_repository.save")
        }
    }

    private static func saved(_ model: String, api: String) -> Set<String> {
        [
            "observer.\(model)_save_after", "observer.\(model)_save_commit_after", "plugin.\(api)",
            "plugin.magento.\(api)",
        ]
    }
}
