/// An address of a customer account (`CustomerPostalAddressesV2`), as far as its key goes.
public struct CustomerAddressRow: ODataKeyedRow, Codable, Equatable {
    public var dataAreaId: String
    public var CustomerAccount: String
    /// Of the party, whichever account it is seen from.
    public var AddressLocationId: String

    enum CodingKeys: String, CodingKey, CaseIterable {
        case dataAreaId, CustomerAccount, AddressLocationId
    }

    public static let key = ["dataAreaId", "CustomerAccount", "AddressLocationId"]
    public static var properties: [String] { CodingKeys.allCases.map(\.rawValue) }
}

/// An e-mail address or the like of a party (`PartyContactsV3`).
struct PartyContactRow: ODataRow {
    var PartyNumber: String

    static let properties = ["PartyNumber"]
}

/// What an electronic address is.
struct ElectronicAddressType: ODataEnumeration {
    static let typeName = "LogisticsElectronicAddressMethodType"
    static let Email = ElectronicAddressType(rawValue: "Email")

    let rawValue: String

    init(rawValue: String) { self.rawValue = rawValue }
}
