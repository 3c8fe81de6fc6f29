import JSON

/// The few fields of a record that is no order, as they stand in a webhook or an event.
struct RecordSighting: WebhookSighting {
    let place: RecordPlace
    var entityID = SightedField.absent
    var id = SightedField.absent
    var quoteID = SightedField.absent
    var incrementID = SightedField.absent
    var orderID = SightedField.absent
    var orderIncrementID = SightedField.absent
    var customerID = SightedField.absent
    /// By the names that the kinds have for it; a record has one of them.
    var emails: [SightedField] = []
    var state = SightedField.absent
    var updatedAt = SightedField.absent

    init(place: RecordPlace) {
        self.place = place
    }

    var isRecord: Bool { [entityID, id, quoteID].contains { $0 != .absent } }

    mutating func take(_ name: JSONScanner.Text, _ scanner: inout JSONScanner) throws(JSONSyntaxError) {
        if scanner.isEqual(name, "entity_id") {
            entityID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "id") {
            id = try SightedField(&scanner)
        } else if scanner.isEqual(name, "quote_id") {
            quoteID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "increment_id") {
            incrementID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "order_id") {
            orderID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "order_increment_id") {
            orderIncrementID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "customer_id") {
            customerID = try SightedField(&scanner)
        } else if Self.emailNames.contains(where: { scanner.isEqual(name, $0) }) {
            emails.append(try SightedField(&scanner))
        } else if scanner.isEqual(name, "state") {
            state = try SightedField(&scanner)
        } else if scanner.isEqual(name, "updated_at") {
            updatedAt = try SightedField(&scanner)
        } else {
            try scanner.skipValue()
        }
    }

    private static let emailNames: [StaticString] = [
        "email", "customer_email", "customer_custom_email", "company_email",
    ]

    func notice(of kind: CommerceRecordKind) throws(WebhookError) -> RecordNotice {
        RecordNotice(
            kind: kind, entityID: try readID(of: kind), incrementID: incrementID.numberIfAny,
            orderID: orderID.idIfAny, orderIncrementID: orderIncrementID.numberIfAny, customerID: customerID.idIfAny,
            email: emails.lazy.compactMap(\.email).first, state: kind.isDocument ? state.idIfAny : nil,
            updatedAt: updatedAt.moment)
    }

    /// Models call it `entity_id`, most of what REST gives `id`; a negotiable quote is known by the id of its quote,
    /// which elsewhere is a mere reference.
    private func readID(of kind: CommerceRecordKind) throws(WebhookError) -> Int {
        let candidates = [("entity_id", entityID), ("id", id)]
        let named = kind == .quote ? [("quote_id", quoteID)] + candidates : candidates
        let (name, field) = named.first { $0.1 != .absent } ?? candidates[0]
        return try field.requiredID(
            at: place.path + name,
            "the id that the record has once it is saved (hook an event that ends in _save_commit_after)")
    }
}
