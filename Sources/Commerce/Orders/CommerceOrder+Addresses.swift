public import JSON

extension CommerceOrder {
    /// The billing address as it came, with what `CommerceAddress` leaves out, such as custom attributes.
    public var billingAddressDocument: JSONObject? {
        JSONNode(value: document)["billing_address"].value?.objectValue ?? listedAddress("billing")
    }

    /// The same of the shipping address.
    public var shippingAddressDocument: JSONObject? {
        let order = JSONNode(value: document)
        let assigned = order["extension_attributes"]["shipping_assignments"].elements?.first?["shipping"]["address"]
        return assigned?.value?.objectValue ?? order["shipping_address"].value?.objectValue
            ?? listedAddress("shipping")
    }

    private func listedAddress(_ type: String) -> JSONObject? {
        JSONNode(value: document)["addresses"].elements?
            .first { $0["address_type"].value?.stringValue == type }?.value?.objectValue
    }
}
