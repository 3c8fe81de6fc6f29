import JSON

/// A company (B2B) that exists in Commerce. What is not named here is kept as it was read and written back unchanged.
public struct CommerceCompany: Sendable, Equatable {
    public enum Status: Int, Sendable, CaseIterable {
        case pending = 0
        case approved = 1
        case rejected = 2
        case blocked = 3
    }

    public var id: Int
    public var name: String
    public var email: String
    /// `nil` for a status that Commerce does not define.
    public var status: Status?
    public var legalName: String?
    public var vatTaxID: String?
    /// Free for the ERP's account number.
    public var resellerID: String?
    public var customerGroupID: Int?
    /// The customer who administers it.
    public var superUserID: Int?
    var fields: JSONObject

    init(_ company: JSONNode) throws(OrderReadingError) {
        id = try company["id"].required(company["id"].integer(), "a company's id")
        name = try company["company_name"].text() ?? ""
        email = try company["company_email"].text() ?? ""
        status = try company["status"].integer().flatMap(Status.init)
        legalName = try company["legal_name"].text()
        vatTaxID = try company["vat_tax_id"].text()
        resellerID = try company["reseller_id"].text()
        customerGroupID = try company["customer_group_id"].integer()
        superUserID = try company["super_user_id"].integer()
        fields = company.value?.objectValue ?? [:]
    }

    var json: JSONValue {
        let named = JSONValue.members([
            "company_name": .string(name), "company_email": .string(email),
            "status": status.map { .int($0.rawValue) },
            "legal_name": legalName.map(JSONValue.string), "vat_tax_id": vatTaxID.map(JSONValue.string),
            "reseller_id": resellerID.map(JSONValue.string), "customer_group_id": customerGroupID.map(JSONValue.int),
            "super_user_id": superUserID.map(JSONValue.int),
        ])
        return .object(JSONObject((fields.withoutNulls.fields + (named.objectValue?.fields ?? []))))
    }
}

/// A company to be made. Its administrator must exist as a customer.
public struct CompanyDraft: Sendable, Equatable {
    public var name: String
    public var email: String
    /// One line or two.
    public var street: [String]
    public var city: String
    /// ISO 3166-1, two letters.
    public var countryID: String
    public var region: String?
    public var regionID: Int?
    public var postcode: String
    public var telephone: String
    public var customerGroupID: Int
    public var superUserID: Int
    public var status: CommerceCompany.Status
    public var legalName: String?
    public var vatTaxID: String?
    public var resellerID: String?

    public init(
        name: String, email: String, street: [String], city: String, countryID: String, region: String? = nil,
        regionID: Int? = nil, postcode: String, telephone: String, customerGroupID: Int, superUserID: Int,
        status: CommerceCompany.Status = .approved, legalName: String? = nil, vatTaxID: String? = nil,
        resellerID: String? = nil
    ) {
        self.name = name
        self.email = email
        self.street = street
        self.city = city
        self.countryID = countryID
        self.region = region
        self.regionID = regionID
        self.postcode = postcode
        self.telephone = telephone
        self.customerGroupID = customerGroupID
        self.superUserID = superUserID
        self.status = status
        self.legalName = legalName
        self.vatTaxID = vatTaxID
        self.resellerID = resellerID
    }

    var json: JSONValue {
        .members([
            "city": .string(city), "company_email": .string(email), "company_name": .string(name),
            "country_id": .string(countryID), "customer_group_id": .int(customerGroupID),
            "legal_name": legalName.map(JSONValue.string), "postcode": .string(postcode),
            "region": region.map(JSONValue.string),
            // A text here, although a customer's is a number.
            "region_id": regionID.map { .string(String($0)) }, "reseller_id": resellerID.map(JSONValue.string),
            "status": .int(status.rawValue), "street": .array(street.map(JSONValue.string)),
            "super_user_id": .int(superUserID), "telephone": .string(telephone),
            "vat_tax_id": vatTaxID.map(JSONValue.string),
        ])
    }
}
