import JSON

/// The few fields of an order, as they stand in a webhook.
struct OrderSighting: WebhookSighting {
    let place: RecordPlace
    var incrementID = SightedField.absent
    var entityID = SightedField.absent
    var storeID = SightedField.absent
    var email = SightedField.absent
    var customerID = SightedField.absent
    var updatedAt = SightedField.absent

    init(place: RecordPlace) {
        self.place = place
    }

    var isRecord: Bool { incrementID != .absent }

    mutating func take(_ name: JSONScanner.Text, _ scanner: inout JSONScanner) throws(JSONSyntaxError) {
        if scanner.isEqual(name, "increment_id") {
            incrementID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "entity_id") {
            entityID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "store_id") {
            storeID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "customer_email") {
            email = try SightedField(&scanner)
        } else if scanner.isEqual(name, "customer_id") {
            customerID = try SightedField(&scanner)
        } else if scanner.isEqual(name, "updated_at") {
            updatedAt = try SightedField(&scanner)
        } else {
            try scanner.skipValue()
        }
    }

    func notice() throws(WebhookError) -> OrderNotice {
        OrderNotice(
            incrementID: try incrementID.number(
                at: place.path + "increment_id",
                "the order's number as text of 1 to \(WebhookReader.longestIncrementID) characters"),
            entityID: try entityID.id(at: place.path + "entity_id"),
            storeID: try storeID.id(at: place.path + "store_id"), email: email.email, customerID: customerID.idIfAny,
            updatedAt: updatedAt.moment)
    }
}
