import JSON
import Relay

extension CommerceClient {
    /// The accounts with an e-mail address, one per website at most: `GET /V1/customers/search`
    /// (`Magento_Customer::customer`). Safe to repeat.
    /// - Parameter websiteID: `nil` looks on all websites.
    public func customers(email: String, websiteID: Int? = nil) async throws -> [CustomerAccount] {
        var filters = [[SearchCriteria.Filter("email", .eq, email)]]
        if let websiteID { filters.append([.init("website_id", .eq, String(websiteID))]) }
        let found = try await searchAll(.searchCustomers, filters, key: \.id) { node throws(OrderReadingError) in
            try CustomerAccount(node)
        }
        return found.filter { $0.email.lowercased() == email.lowercased() }
    }

    /// `GET /V1/customers/{customerId}` (`Magento_Customer::customer`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such customer.
    public func customer(id: Int) async throws -> CustomerAccount? {
        try await existing(.customer, id) { node throws(OrderReadingError) in try CustomerAccount(node) }
    }

    /// `POST /V1/customers` (no permission: any shopper may). Not safe to repeat: look for its effect in `customers`
    /// by e-mail and website first. On SaaS Adobe's text says that it is not there and its schema that it is; where it
    /// is not, `submitCustomers` is.
    public func createCustomer(_ draft: CustomerDraft) async throws -> CustomerAccount {
        try await answer(CommerceOperation.createCustomer.rawValue) {
            try CustomerAccount(JSONNode(value: await call(.createCustomer, body: ["customer": draft.json])))
        }
    }

    /// Reads a customer, changes it and writes it back whole: `GET` and `PUT /V1/customers/{customerId}`
    /// (`Magento_Customer::manage`). Safe to repeat.
    /// - Parameter change: Takes the customer as it is now. Addresses that it leaves out are deleted.
    /// - Throws: A `CommerceFault` that parks if there is no such customer.
    public func updateCustomer(
        id: Int, _ change: (inout CustomerAccount) -> Void
    ) async throws -> CustomerAccount {
        try await recordLocks.withLock("customer \(id)") {
            guard var customer = try await customer(id: id) else { throw CommerceFault.gone(.customer, id) }
            change(&customer)
            let body: JSONValue = ["customer": customer.json]
            return try await answer(CommerceOperation.updateCustomer.rawValue) {
                try CustomerAccount(JSONNode(value: await call(.updateCustomer, id, body: body)))
            }
        }
    }

    /// All customer groups: `GET /V1/customerGroups/search` (`Magento_Customer::group`). Safe to repeat.
    public func customerGroups() async throws -> [CommerceCustomerGroup] {
        try await searchAll(.searchCustomerGroups, [], column: "customer_group_id", key: \.id) {
            node throws(OrderReadingError) in try CommerceCustomerGroup(node)
        }
    }

    /// `POST /V1/customerGroups` (`Magento_Customer::group`). Not safe to repeat: look for its code in
    /// `customerGroups` first; a second one is refused.
    public func createCustomerGroup(code: String, taxClassID: Int) async throws -> CommerceCustomerGroup {
        let body: JSONValue = ["group": ["code": .string(code), "tax_class_id": .int(taxClassID)]]
        return try await answer(CommerceOperation.createCustomerGroup.rawValue) {
            try CommerceCustomerGroup(JSONNode(value: await call(.createCustomerGroup, body: body)))
        }
    }
}

/// A customer group. Tier prices name it by its code.
public struct CommerceCustomerGroup: Sendable, Equatable {
    public var id: Int
    /// At most 32 characters.
    public var code: String
    public var taxClassID: Int?

    init(_ group: JSONNode) throws(OrderReadingError) {
        id = try group["id"].required(group["id"].integer(), "a group's id")
        code = try group["code"].required(group["code"].text(), "a group's code")
        taxClassID = try group["tax_class_id"].integer()
    }
}
