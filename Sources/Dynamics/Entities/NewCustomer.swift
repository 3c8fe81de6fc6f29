/// A customer account to be created (`CustomersV3`).
///
/// Only what is set is sent: F&O fills the rest with its defaults, which an empty string or a zero would override.
public struct NewCustomer: Sendable, Equatable, Encodable {
    public var dataAreaId: String
    /// `nil` where the number sequence of the legal entity hands out account numbers.
    public var CustomerAccount: String?
    public var PartyType: PartyType
    /// Reuses a party of the global address book.
    public var PartyNumber: String?
    public var OrganizationName: String?
    public var PersonFirstName: String?
    public var PersonMiddleName: String?
    public var PersonLastName: String?
    public var NameAlias: String?
    public var CustomerGroupId: String?
    public var SalesCurrencyCode: String?
    public var PaymentTerms: String?
    public var PaymentMethod: String?
    public var DeliveryTerms: String?
    public var DeliveryMode: String?
    public var SalesTaxGroup: String?
    public var SiteId: String?
    public var WarehouseId: String?
    /// `en-us`, `de`.
    public var LanguageId: String?
    public var PrimaryContactEmail: String?
    public var PrimaryContactPhone: String?
    /// The VAT registration number.
    public var TaxExemptNumber: String?
    public var AddressDescription: String?
    public var AddressStreet: String?
    public var AddressStreetNumber: String?
    public var AddressZipCode: String?
    public var AddressCity: String?
    public var AddressState: String?
    public var AddressCounty: String?
    /// F&O's own id, usually the ISO 3166-1 alpha-3 code: see `CountryRegion`.
    public var AddressCountryRegionId: String?

    public init(dataAreaId: String, PartyType: PartyType) {
        self.dataAreaId = dataAreaId
        self.PartyType = PartyType
    }
}
