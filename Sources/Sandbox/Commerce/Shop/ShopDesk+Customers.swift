import JSON

extension ShopDesk {
    static let customerHandlers: [String: Handler] = [
        "GET /V1/customers/search": searching(.customers),
        "GET /V1/customers/{customerId}": reading(.customers, by: "customerId"),
        "POST /V1/customers": { desk, call throws(CommerceRefusal) in
            .object(try desk.createCustomer(call.object("customer")))
        },
        "PUT /V1/customers/{customerId}": { desk, call throws(CommerceRefusal) in
            try desk.replaceCustomer(id: try call.id("customerId"), call.object("customer"))
        },
        "GET /V1/customerGroups/search": searching(.groups),
        "POST /V1/customerGroups": { desk, call throws(CommerceRefusal) in
            let group = call.object("group")
            return try desk.shelves.change { state throws(CommerceRefusal) in
                guard !state[.groups].contains(where: { $0["code"] == group["code"] }) else {
                    throw .bad("Customer Group already exists.")
                }
                return .object(state.add(.groups, group))
            }
        },
    ]

    func createCustomer(_ sent: JSONObject) throws(CommerceRefusal) -> JSONObject {
        let date = date
        return try shelves.change { state throws(CommerceRefusal) in
            var customer = sent
            customer["website_id"] = customer["website_id"] ?? 1
            customer["group_id"] = customer["group_id"] ?? 1
            customer["store_id"] = customer["store_id"] ?? 1
            customer["created_at"] = .string(date)
            customer["updated_at"] = .string(date)
            let isTaken = state[.customers].contains { other in
                other["email"]?.stringValue?.lowercased() == customer["email"]?.stringValue?.lowercased()
                    && other["website_id"] == customer["website_id"]
            }
            guard !isTaken else {
                throw .bad("A customer with the same email address already exists in an associated website.")
            }
            customer = state.add(.customers, customer)
            let id = customer["id"]?.intValue ?? 0
            customer["addresses"] = .array(Self.numbered(customer["addresses"], customerID: id))
            if let index = state.index(.customers, id: id) { state[.customers][index] = customer }
            return customer
        }
    }

    /// Replaces all that can be sent, as older versions do: what is left out is gone, the group falls back to
    /// General (magento2#14663), and addresses that are left out are deleted (magento2#2499).
    private func replaceCustomer(id: Int, _ sent: JSONObject) throws(CommerceRefusal) -> JSONValue {
        let date = date
        let customer = try shelves.update(.customers, id: id) { customer throws(CommerceRefusal) in
            let websiteID = customer["website_id"]
            guard sent["website_id"] != nil else { throw .missing("website_id") }
            guard sent["website_id"] == websiteID else { throw .bad("The customer's website can't be changed.") }
            let created = customer["created_at"]
            customer = sent
            customer["id"] = .int(id)
            customer["group_id"] = sent["group_id"] ?? 1
            customer["created_at"] = created
            customer["updated_at"] = .string(date)
            customer["addresses"] = .array(Self.numbered(sent["addresses"], customerID: id))
        }
        return .object(customer)
    }

    private static func numbered(_ addresses: JSONValue?, customerID: Int) -> [JSONValue] {
        let list = addresses?.arrayValue ?? []
        var next = (list.compactMap { $0.objectValue?["id"]?.intValue }.max() ?? customerID * 100) + 1
        return list.map { value in
            var address = value.objectValue ?? [:]
            if address["id"] == nil {
                address["id"] = .int(next)
                next += 1
            }
            address["customer_id"] = .int(customerID)
            return .object(address)
        }
    }
}
