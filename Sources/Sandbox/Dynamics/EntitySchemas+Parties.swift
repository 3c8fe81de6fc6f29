/// The address book, and what customers owe.
extension EntitySchema {
    /// The addresses of an account's party, seen from the account.
    static let customerAddresses = EntitySchema(
        set: "CustomerPostalAddressesV2", type: "CustomerPostalAddressV2",
        key: ["dataAreaId", "CustomerAccount", "AddressLocationId"],
        [
            .of(.string, "CustomerAccount AddressCountryRegionId").required,
            .of(
                .string,
                """
                AddressLocationId AddressDescription AddressStreet AddressStreetNumber AddressZipCode AddressCity
                AddressState AddressCounty AddressLocationRoles
                """),
            .of(.dateTime, "AddressValidFrom AddressValidTo"), .noYes("IsPrimary"),
            .of(.string, "FormattedAddress").readOnly,
        ])

    /// All electronic addresses of the address book, which no legal entity owns.
    static let partyContacts = EntitySchema(
        set: "PartyContactsV3", type: "PartyContactV3", key: ["PartyNumber", "ElectronicAddressId"],
        isReadOnly: true,
        [
            .of(.string, "PartyNumber ElectronicAddressId Locator Description"),
            .of(
                .enumeration(
                    type: "LogisticsElectronicAddressMethodType",
                    symbols: ["None", "Phone", "Email", "URL", "Telex", "Fax"]),
                "Type"),
            .noYes("IsPrimary"),
        ])

    /// A company's own entity: standard F&O has none that says what a customer owes.
    static let customerBalances = EntitySchema(
        set: "CustomerBalances", type: "CustomerBalance", key: ["dataAreaId", "CustomerAccount"], isReadOnly: true,
        [.of(.string, "CustomerAccount"), .of(.decimal, "Balance")])

    static let parties = [customerAddresses, partyContacts, customerBalances]
}
