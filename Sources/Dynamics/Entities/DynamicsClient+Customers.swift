public import JSON
public import Relay

extension DynamicsClient {
    /// Accounts of one party that are looked at together.
    static let mostAccounts = 50

    /// The accounts with an e-mail address.
    /// - Parameter dataAreaId: `nil` looks in all legal entities.
    public func customers(email: String, dataAreaId: String? = nil) async throws -> [CustomerRow] {
        var filter = try ODataFilter.eq("PrimaryContactEmail", email)
        if let dataAreaId { filter = try DynamicsClient.filter(dataAreaId, "PrimaryContactEmail", email) }
        return try await odata.rows(names.customers, where: filter, top: Self.mostAccounts)
    }

    public func customer(account: String, dataAreaId: String) async throws -> CustomerRow? {
        try await odata.row(names.customers, key: Self.accountKey(account, dataAreaId))
    }

    /// - Returns: `nil` if there is no such account.
    public func customerFields(
        account: String, dataAreaId: String, _ properties: [String]
    ) async throws -> JSONObject? {
        try await odata.fields(names.customers, key: Self.accountKey(account, dataAreaId), properties)?.values
    }

    /// Sends what differs from the account as it is.
    /// - Returns: The names of what was changed; `nil` if there is no such account.
    public func settleCustomer(
        account: String, dataAreaId: String, _ wanted: JSONObject
    ) async throws -> [String]? {
        try await odata.settle(names.customers, key: Self.accountKey(account, dataAreaId), wanted)
    }

    /// The parties of the address book with an e-mail address, each once.
    public func parties(email: String) async throws -> [String] {
        let filter = try ODataFilter.eq("Locator", email).and(.eq("Type", ElectronicAddressType.Email))
        let rows: [PartyContactRow] = try await odata.rows(
            names.partyContacts, where: filter, top: Self.mostAccounts)
        return Set(rows.map(\.PartyNumber)).sorted()
    }

    private static func accountKey(_ account: String, _ dataAreaId: String) throws -> ODataKey {
        try ODataKey(["dataAreaId": dataAreaId.lowercased(), "CustomerAccount": account])
    }
}

/// The address book of an account.
extension DynamicsClient {
    /// - Returns: All addresses of the account's party, with these properties beside `AddressLocationId`.
    public func customerAddresses(
        account: String, dataAreaId: String, _ properties: [String]
    ) async throws -> [ODataFields] {
        let filter = try DynamicsClient.filter(dataAreaId, "CustomerAccount", account)
        let names = ["AddressLocationId"] + properties.filter { $0 != "AddressLocationId" }
        return try await odata.fieldRows(self.names.customerAddresses, where: filter, names)
    }

    public func createCustomerAddress(fields: some Encodable & Sendable) async throws -> CustomerAddressRow {
        try await odata.create(names.customerAddresses, fields)
    }

    /// Sends what differs from the address as it is.
    /// - Returns: The names of what was changed; `nil` if there is no such address.
    public func settleCustomerAddress(
        account: String, dataAreaId: String, locationID: String, _ wanted: JSONObject
    ) async throws -> [String]? {
        let key = try ODataKey([
            "dataAreaId": dataAreaId.lowercased(), "CustomerAccount": account, "AddressLocationId": locationID,
        ])
        return try await odata.settle(names.customerAddresses, key: key, wanted)
    }

    /// Ends an address: F&O keeps what was, and no longer offers it.
    public func endCustomerAddress(
        account: String, dataAreaId: String, locationID: String, at moment: Timestamp
    ) async throws {
        guard let end = DynamicsTime.text(moment) else { return }
        _ = try await settleCustomerAddress(
            account: account, dataAreaId: dataAreaId, locationID: locationID, ["AddressValidTo": .string(end)])
    }
}
