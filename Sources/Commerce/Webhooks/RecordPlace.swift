/// Where a body may hold its record. If it has several, the first in a list of these counts.
struct RecordPlace: Sendable {
    enum Level: Sendable {
        /// Within `data`: observer webhooks.
        case data
        /// A member of the body: plugin webhooks are keyed by PHP argument names.
        case top
        /// The body itself, as REST gives a record and Adobe I/O Events its fields.
        case bare
    }

    let level: Level
    /// The member that holds the record; empty for the body itself.
    let key: StaticString

    static func data(_ key: StaticString) -> RecordPlace { RecordPlace(level: .data, key: key) }
    static func top(_ key: StaticString) -> RecordPlace { RecordPlace(level: .top, key: key) }
    static let bare = RecordPlace(level: .bare, key: "")

    /// What a record's fields are prefixed with in messages: `data.order.`
    var path: String {
        switch level {
        case .data: "data.\(key)."
        case .top: "\(key)."
        case .bare: ""
        }
    }
}

extension RecordPlace {
    static let order: [RecordPlace] = [
        // `observer.sales_order_place_after`.
        .data("order"),
        // The argument of `plugin.magento.sales.api.order_management.place`.
        .top("order"),
        // That of `plugin.magento.sales.api.order_repository.save`.
        .top("entity"),
        .bare,
    ]

    /// Observers name the object by its model (`data.invoice`), or leave the name to the framework, which says
    /// `data_object` for every model; `result` is what a plugin that runs after its method has got.
    static func places(of kind: CommerceRecordKind) -> [RecordPlace] {
        let names: [StaticString]
        switch kind {
        case .order: return order
        case .invoice: names = ["invoice"]
        case .creditmemo: names = ["creditmemo"]
        case .return: names = ["rma", "rmaDataObject"]
        case .customer: names = ["customer", "customer_data_object"]
        case .company: names = ["company"]
        case .quote: names = ["negotiable_quote", "negotiableQuote", "quote"]
        }
        return (names + ["data_object"]).map(data) + (names + ["entity", "result"]).map(top) + [.bare]
    }
}
