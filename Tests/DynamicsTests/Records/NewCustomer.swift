import Dynamics

/// A customer account to be created (`CustomersV3`).
///
/// Only what is set is sent: F&O fills the rest with its defaults, which an empty string or a zero would override.
struct NewCustomer: Sendable, Equatable, Encodable {
    var dataAreaId: String
    /// `nil` where the number sequence of the legal entity hands out account numbers.
    var CustomerAccount: String?
    var PartyType: PartyType
    /// Reuses a party of the global address book.
    var PartyNumber: String?
    var OrganizationName: String?
    var PersonFirstName: String?
    var PersonMiddleName: String?
    var PersonLastName: String?
    var NameAlias: String?
    var CustomerGroupId: String?
    var SalesCurrencyCode: String?
    var PaymentTerms: String?
    var PaymentMethod: String?
    var DeliveryTerms: String?
    var DeliveryMode: String?
    var SalesTaxGroup: String?
    var SiteId: String?
    var WarehouseId: String?
    /// `en-us`, `de`.
    var LanguageId: String?
    var PrimaryContactEmail: String?
    var PrimaryContactPhone: String?
    /// The VAT registration number.
    var TaxExemptNumber: String?
    var AddressDescription: String?
    var AddressStreet: String?
    var AddressStreetNumber: String?
    var AddressZipCode: String?
    var AddressCity: String?
    var AddressState: String?
    var AddressCounty: String?
    /// F&O's own id, usually the ISO 3166-1 alpha-3 code: see `CountryRegion`.
    var AddressCountryRegionId: String?

    init(dataAreaId: String, PartyType: PartyType) {
        self.dataAreaId = dataAreaId
        self.PartyType = PartyType
    }
}
