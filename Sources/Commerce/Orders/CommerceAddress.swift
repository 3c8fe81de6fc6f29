public struct CommerceAddress: Sendable, Equatable {
    public var firstname: String?
    public var lastname: String?
    public var company: String?
    /// One to four lines, none of them empty.
    public var street: [String]
    public var city: String?
    public var postcode: String?
    /// The region's name.
    public var region: String?
    public var regionCode: String?
    /// ISO 3166-1 alpha-2.
    public var countryID: String?
    public var telephone: String?
    public var email: String?
    public var vatID: String?

    public init(
        firstname: String? = nil, lastname: String? = nil, company: String? = nil, street: [String] = [],
        city: String? = nil, postcode: String? = nil, region: String? = nil, regionCode: String? = nil,
        countryID: String? = nil, telephone: String? = nil, email: String? = nil, vatID: String? = nil
    ) {
        self.firstname = firstname
        self.lastname = lastname
        self.company = company
        self.street = street
        self.city = city
        self.postcode = postcode
        self.region = region
        self.regionCode = regionCode
        self.countryID = countryID
        self.telephone = telephone
        self.email = email
        self.vatID = vatID
    }
}
