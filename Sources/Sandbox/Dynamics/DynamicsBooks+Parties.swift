import Foundation
import JSON

/// The global address book: parties, with their e-mail and postal addresses, shared by the accounts of all legal
/// entities.
extension DynamicsBooks {
    /// Without a number, a new party; with one, that party, which must be there.
    mutating func chooseParty(_ fields: inout JSONObject) throws(ODataRefusal) {
        let number = fields["PartyNumber"]?.stringValue ?? ""
        guard !number.isEmpty else {
            fields["PartyNumber"] = .string(newParty(email: fields["PrimaryContactEmail"]?.stringValue ?? ""))
            return
        }
        guard partyNumbers.contains(number) else {
            throw .notInTable(.customers, value: number, field: "Party ID", table: "Global address book")
        }
    }

    mutating func newParty(email: String) -> String {
        let number = "P-" + TimeText.padded(partyNumbers.count + 1, width: 9)
        partyNumbers.insert(number)
        if !email.isEmpty { addContact(number, email) }
        return number
    }

    private mutating func addContact(_ party: String, _ email: String) {
        let id = "E-" + TimeText.padded(contacts.rows.count + 1, width: 9)
        _ = contacts.insert(
            [
                "dataAreaId": "", "PartyNumber": .string(party), "ElectronicAddressId": .string(id), "Type": "Email",
                "Locator": .string(email), "IsPrimary": "Yes",
            ], recordID: nextRecordID())
    }

    /// An account that was just made: sees the addresses of its party, and brings the one that was sent with it.
    mutating func enterAddressBook(_ position: Int) {
        let row = customers.rows[position]
        let others = addresses(ofParty: row.text("PartyNumber"))
        for location in Set(others.map { $0.text("AddressLocationId") }).sorted() {
            guard var fields = others.first(where: { $0.text("AddressLocationId") == location })?.fields else {
                continue
            }
            fields["dataAreaId"] = .string(row.dataAreaId)
            fields["CustomerAccount"] = .string(row.text("CustomerAccount"))
            _ = addresses.insert(fields, recordID: nextRecordID())
        }
        guard !row.text("AddressStreet").isEmpty || !row.text("AddressCity").isEmpty else { return }
        var fields: JSONObject = ["AddressLocationRoles": "Business", "IsPrimary": "Yes"]
        for name in Self.addressNames where row.fields[name] != nil { fields[name] = row.fields[name] }
        insertAddress(fields, ofParty: row.text("PartyNumber"))
    }

    private static let addressNames = [
        "AddressDescription", "AddressStreet", "AddressStreetNumber", "AddressZipCode", "AddressCity",
        "AddressState", "AddressCounty", "AddressCountryRegionId",
    ]

    /// - Returns: The position of the row that the account sees.
    mutating func createAddress(_ fields: JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.customerAddresses
        let account = fields["CustomerAccount"]?.stringValue ?? ""
        guard let customer = customers.row("CustomerAccount", account, dataAreaId: area) else {
            throw .notInTable(schema, value: account, field: "Customer account", table: "Customers")
        }
        try checkCountry(fields["AddressCountryRegionId"]?.stringValue ?? "", schema)
        guard fields["AddressLocationId"] == nil else {
            throw .infolog(schema, "The number sequence of 'Location ID' does not allow manual numbers")
        }
        let location = insertAddress(fields, ofParty: customer.text("PartyNumber"))
        return addresses.positions("AddressLocationId", location).first {
            addresses.rows[$0].dataAreaId == area && addresses.rows[$0].text("CustomerAccount") == account
        } ?? 0
    }

    /// For every account of the party.
    @discardableResult
    private mutating func insertAddress(_ fields: JSONObject, ofParty party: String) -> String {
        locationCount += 1
        let location = TimeText.padded(locationCount, width: 9)
        for customer in accounts(ofParty: party) {
            var fields = fields
            fields["dataAreaId"] = .string(customer.dataAreaId)
            fields["CustomerAccount"] = .string(customer.text("CustomerAccount"))
            fields["AddressLocationId"] = .string(location)
            _ = addresses.insert(fields, recordID: nextRecordID())
        }
        return location
    }

    private func addresses(ofParty party: String) -> [ODataTable.Row] {
        accounts(ofParty: party).flatMap { customer in
            addresses.positions("CustomerAccount", customer.text("CustomerAccount")).map { addresses.rows[$0] }
                .filter { $0.dataAreaId == customer.dataAreaId }
        }
    }

    private func accounts(ofParty party: String) -> [ODataTable.Row] {
        customers.positions("PartyNumber", party).map { customers.rows[$0] }
    }

    /// A change of an address, or of an e-mail address, is one of the party.
    mutating func followUpParty(_ schema: EntitySchema, _ position: Int) {
        if schema.type == EntitySchema.customerAddresses.type {
            let changed = addresses.rows[position]
            let same = addresses.positions("AddressLocationId", changed.text("AddressLocationId"))
            for other in same where other != position {
                addresses.update(other) { fields in
                    for field in changed.fields.fields where !["dataAreaId", "CustomerAccount"].contains(field.key) {
                        fields[field.key] = field.value
                    }
                }
            }
        } else if schema.type == EntitySchema.customers.type {
            let row = customers.rows[position]
            let email = row.text("PrimaryContactEmail")
            guard let contact = contacts.positions("PartyNumber", row.text("PartyNumber")).first else { return }
            if contacts.rows[contact].text("Locator") != email {
                contacts.update(contact) { $0["Locator"] = .string(email) }
            }
        }
    }
}
