import JSON

/// The two shapes of an order's addresses: in webhooks a list whose elements say what they are, in REST one member
/// for billing and the shipping assignment for the other.
struct OrderAddresses {
    let billing: CommerceAddress?
    let shipping: CommerceAddress?
    let shippingMethod: String?

    init(_ order: JSONNode) throws(OrderReadingError) {
        let assignment = try order["extension_attributes"].object()?["shipping_assignments"].list().first
        let shipping = assignment?["shipping"]
        let listed = try order["addresses"].list()
        billing = try OrderAddresses.address(order["billing_address"], listed, "billing")
        self.shipping = try OrderAddresses.address(
            shipping?["address"] ?? order["shipping_address"], listed, "shipping")
        let assigned = try shipping?["method"].text()
        let flat = try order["shipping_method"].text()
        shippingMethod = assigned ?? flat
    }

    private static func address(
        _ node: JSONNode, _ listed: [JSONNode], _ type: String
    ) throws(OrderReadingError) -> CommerceAddress? {
        if let node = try node.object() { return try CommerceAddress(node) }
        for candidate in listed {
            if try candidate["address_type"].text() == type { return try CommerceAddress(candidate) }
        }
        return nil
    }
}

extension CommerceAddress {
    init(_ address: JSONNode) throws(OrderReadingError) {
        self.init(
            firstname: try address["firstname"].text(),
            lastname: try address["lastname"].text(),
            company: try address["company"].text(),
            street: try CommerceAddress.street(address["street"]),
            city: try address["city"].text(),
            postcode: try address["postcode"].text(),
            region: try address["region"].text(),
            regionCode: try address["region_code"].text(),
            countryID: try address["country_id"].text(),
            telephone: try address["telephone"].text(),
            email: try address["email"].text(),
            vatID: try address["vat_id"].text())
    }

    /// REST has a list of lines, the database column one text with line breaks.
    private static func street(_ node: JSONNode) throws(OrderReadingError) -> [String] {
        var lines: [String] = []
        if case .array = node.value {
            for element in try node.list() { lines.append(try element.text() ?? "") }
        } else {
            lines = [try node.text() ?? ""]
        }
        return lines.flatMap { $0.split(whereSeparator: \.isNewline) }.map(String.init)
            .filter { !$0.allSatisfy(\.isWhitespace) }
    }
}
