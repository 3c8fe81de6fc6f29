import JSON

/// An address in a customer's book.
public struct CustomerAddress: Sendable, Equatable {
    /// `nil` for a new one.
    public var id: Int?
    public var firstname: String
    public var lastname: String
    public var company: String?
    /// One line or more.
    public var street: [String]
    public var city: String
    public var postcode: String?
    /// ISO 3166-1, two letters.
    public var countryID: String
    /// Commerce's own number of a region; some countries need one.
    public var regionID: Int?
    public var telephone: String?
    public var vatID: String?
    public var isDefaultBilling: Bool
    public var isDefaultShipping: Bool
    var fields: JSONObject = [:]

    public init(
        id: Int? = nil, firstname: String, lastname: String, company: String? = nil, street: [String], city: String,
        postcode: String? = nil, countryID: String, regionID: Int? = nil, telephone: String? = nil,
        vatID: String? = nil, isDefaultBilling: Bool = false, isDefaultShipping: Bool = false
    ) {
        self.id = id
        self.firstname = firstname
        self.lastname = lastname
        self.company = company
        self.street = street
        self.city = city
        self.postcode = postcode
        self.countryID = countryID
        self.regionID = regionID
        self.telephone = telephone
        self.vatID = vatID
        self.isDefaultBilling = isDefaultBilling
        self.isDefaultShipping = isDefaultShipping
    }

    init(_ address: JSONNode) throws(OrderReadingError) {
        var street: [String] = []
        for line in try address["street"].list() { street.append(try line.text() ?? "") }
        self.init(
            id: try address["id"].integer(), firstname: try address["firstname"].text() ?? "",
            lastname: try address["lastname"].text() ?? "", company: try address["company"].text(), street: street,
            city: try address["city"].text() ?? "", postcode: try address["postcode"].text(),
            countryID: try address["country_id"].text() ?? "", regionID: try address["region_id"].integer(),
            telephone: try address["telephone"].text(), vatID: try address["vat_id"].text(),
            isDefaultBilling: try address["default_billing"].flag() ?? false,
            isDefaultShipping: try address["default_shipping"].flag() ?? false)
        fields = address.value?.objectValue ?? [:]
    }

    /// With what was read and is not named here. A region that was read stays only as long as its id does.
    var json: JSONValue {
        var json = fields
        if fields["region_id"]?.intValue != regionID { json["region"] = nil }
        let named = JSONValue.members([
            "id": id.map(JSONValue.int), "city": .string(city), "company": company.map(JSONValue.string),
            "country_id": .string(countryID), "default_billing": .bool(isDefaultBilling),
            "default_shipping": .bool(isDefaultShipping), "firstname": .string(firstname),
            "lastname": .string(lastname), "postcode": postcode.map(JSONValue.string),
            "region_id": regionID.map(JSONValue.int), "street": .array(street.map(JSONValue.string)),
            "telephone": telephone.map(JSONValue.string), "vat_id": vatID.map(JSONValue.string),
        ])
        for name in ["company", "postcode", "region_id", "telephone", "vat_id"] { json[name] = nil }
        json.append(contentsOf: named.objectValue ?? [:])
        return .object(json.withoutNulls)
    }
}
