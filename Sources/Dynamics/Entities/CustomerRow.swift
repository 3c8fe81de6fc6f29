/// A customer account of one legal entity (`CustomersV3`), as far as Causeway reads it.
public struct CustomerRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var CustomerAccount: String
    /// The party in the global address book, shared by the accounts of all legal entities.
    public var PartyNumber: String?
    public var PartyType: String?
    public var OrganizationName: String?
    public var PersonFirstName: String?
    public var PersonLastName: String?
    public var PrimaryContactEmail: String?
    public var CustomerGroupId: String?
    public var SalesCurrencyCode: String?
    /// The account that gets the invoices, if it is another one.
    public var InvoiceAccount: String?
    public var OnHoldStatus: CustVendorBlocked?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, CustomerAccount, PartyNumber, PartyType, OrganizationName, PersonFirstName, PersonLastName
        case PrimaryContactEmail, CustomerGroupId, SalesCurrencyCode, InvoiceAccount, OnHoldStatus
    }

    public static let key = ["dataAreaId", "CustomerAccount"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }

    public init(dataAreaId: String, CustomerAccount: String) {
        self.dataAreaId = dataAreaId
        self.CustomerAccount = CustomerAccount
    }
}
