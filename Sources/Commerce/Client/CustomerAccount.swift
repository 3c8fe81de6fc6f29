import JSON

/// A customer account that exists in Commerce. What is not named here is kept as it was read and written back
/// unchanged: custom attributes, extension attributes, subscriptions.
public struct CustomerAccount: Sendable, Equatable {
    public var id: Int
    public var email: String
    public var firstname: String
    public var lastname: String
    public var groupID: Int?
    public var websiteID: Int?
    public var storeID: Int?
    public var taxvat: String?
    public var addresses: [CustomerAddress]
    public var updatedAt: String?
    var fields: JSONObject

    init(_ customer: JSONNode) throws(OrderReadingError) {
        id = try customer["id"].required(customer["id"].integer(), "a customer's id")
        email = try customer["email"].required(customer["email"].text(), "an e-mail address")
        firstname = try customer["firstname"].text() ?? ""
        lastname = try customer["lastname"].text() ?? ""
        groupID = try customer["group_id"].integer()
        websiteID = try customer["website_id"].integer()
        storeID = try customer["store_id"].integer()
        taxvat = try customer["taxvat"].text()
        var addresses: [CustomerAddress] = []
        for address in try customer["addresses"].list() { addresses.append(try CustomerAddress(address)) }
        self.addresses = addresses
        updatedAt = try customer["updated_at"].text()
        fields = customer.value?.objectValue ?? [:]
    }

    /// The value of a custom attribute, if it is a text or a number.
    public func customAttribute(_ code: String) -> String? { CustomAttributes.value(of: code, in: fields) }

    /// An empty text clears an attribute; `null` is refused in several versions.
    public mutating func setCustomAttribute(_ code: String, _ value: String) {
        CustomAttributes.set(code, value, in: &fields)
    }

    /// Complete: Commerce takes a customer's `PUT` for all there is to say, deletes the addresses that are missing
    /// (magento2#2499), and in older versions resets the group (magento2#14663) and default addresses (#7380).
    var json: JSONValue {
        var json = fields
        json["email"] = .string(email)
        json["firstname"] = .string(firstname)
        json["lastname"] = .string(lastname)
        json["group_id"] = groupID.map(JSONValue.int)
        json["website_id"] = websiteID.map(JSONValue.int)
        json["store_id"] = storeID.map(JSONValue.int)
        json["taxvat"] = taxvat.map(JSONValue.string)
        json["addresses"] = .array(addresses.map(\.json))
        return .object(json.withoutNulls)
    }
}

/// An account to be made.
public struct CustomerDraft: Sendable, Equatable {
    public var email: String
    public var firstname: String
    public var lastname: String
    public var groupID: Int?
    public var websiteID: Int
    public var storeID: Int?
    public var taxvat: String?
    public var addresses: [CustomerAddress]
    public var customAttributes: [String: String]

    public init(
        email: String, firstname: String, lastname: String, groupID: Int? = nil, websiteID: Int = 1,
        storeID: Int? = nil, taxvat: String? = nil, addresses: [CustomerAddress] = [],
        customAttributes: [String: String] = [:]
    ) {
        self.email = email
        self.firstname = firstname
        self.lastname = lastname
        self.groupID = groupID
        self.websiteID = websiteID
        self.storeID = storeID
        self.taxvat = taxvat
        self.addresses = addresses
        self.customAttributes = customAttributes
    }

    var json: JSONValue {
        .members([
            "addresses": addresses.isEmpty ? nil : .array(addresses.map(\.json)),
            "custom_attributes": CustomAttributes.json(customAttributes), "email": .string(email),
            "firstname": .string(firstname), "group_id": groupID.map(JSONValue.int), "lastname": .string(lastname),
            "store_id": storeID.map(JSONValue.int), "taxvat": taxvat.map(JSONValue.string),
            "website_id": .int(websiteID),
        ])
    }
}
