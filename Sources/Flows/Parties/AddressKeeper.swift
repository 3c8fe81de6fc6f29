import Dynamics
import JSON
import Mapping
import Relay

/// Keeps the addresses of an account: each address of the shop has one in F&O's address book, which is changed in
/// place, so that the book does not grow with every edit.
struct AddressKeeper: Sendable {
    let owner: AccountOwner
    let context: FlowContext
    let policies: PartyPolicies
    let steps: Steps
    private var dynamics: DynamicsClient { context.dynamics }

    private static let content = ["AddressStreet", "AddressZipCode", "AddressCity", "AddressCountryRegionId"]
    private static let properties = content + ["AddressValidTo"]

    func keep(_ addresses: [AccountDraft.AddressDraft], of account: String, in area: String) async throws {
        let ends = policies.customers.removedAddresses == .end
        guard !addresses.isEmpty || ends else { return }
        let rows = try await dynamics.customerAddresses(account: account, dataAreaId: area, Self.properties)
        var free: [ODataFields] = []
        var kept: [(id: String, row: ODataFields)] = []
        for row in rows {
            if let id = try await linkedAddress(row, in: area) { kept.append((id, row)) } else { free.append(row) }
        }
        for address in addresses {
            let location = try await location(of: address, account, area, &free)
            guard rows.contains(where: { $0.text("AddressLocationId") == location }) else { continue }
            try await steps.once("address \(address.id) \(area)") {
                // Where there is no such address any more, a person in F&O took it away.
                _ = try await dynamics.settleCustomerAddress(
                    account: account, dataAreaId: area, locationID: location,
                    address.fields.json.objectValue ?? [:])
            }
        }
        guard ends else { return }
        let present = Set(addresses.map(\.id))
        for (id, row) in kept where !id.isEmpty && !present.contains(id) && isOpen(row) {
            try await end(id, row.text("AddressLocationId"), account, area)
        }
    }

    /// The linked one, a free one of the same content, or a new one.
    private func location(
        of address: AccountDraft.AddressDraft, _ account: String, _ area: String, _ free: inout [ODataFields]
    ) async throws -> String {
        let key = link(address.id, area)
        let adopted = try await steps.linked(key) == nil ? take(sameAs: address.fields, from: &free) : nil
        return try await steps.ensure("new address \(address.id) \(area)", link: key) {
            adopted
        } create: {
            var record = address.fields
            record.set("dataAreaId", .string(area))
            record.set("CustomerAccount", .string(account))
            return try await dynamics.createCustomerAddress(fields: record).AddressLocationId
        }
    }

    private func take(sameAs address: MappedRecord, from free: inout [ODataFields]) -> String? {
        let wanted = Self.content.map { AddressContent.plain(address.text($0)) }
        let index = free.firstIndex { row in Self.content.map { AddressContent.plain(row.text($0)) } == wanted }
        return index.map { free.remove(at: $0).text("AddressLocationId") }
    }

    private func end(_ id: String, _ location: String, _ account: String, _ area: String) async throws {
        try await steps.once("end address \(id) \(area)") {
            try await dynamics.endCustomerAddress(
                account: account, dataAreaId: area, locationID: location, at: steps.claim.event.receivedAt)
        }
    }

    /// F&O writes the end of time for an address that has none.
    private func isOpen(_ row: ODataFields) -> Bool {
        let end = row.text("AddressValidTo")
        return end.isEmpty || end.hasPrefix("1900-") || end.hasPrefix("2154-")
    }

    /// The address of this owner that a row is linked to; empty for that of another owner of the account.
    private func linkedAddress(_ row: ODataFields, in area: String) async throws -> String? {
        let location = row.text("AddressLocationId")
        let key = try await context.links.key(kind: Self.linkKind, scope: area, value: location)
        guard let key else { return nil }
        return key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : ""
    }

    private static let linkKind = "address"
    private var prefix: String { "\(owner.kind.rawValue) \(owner.id)/" }

    private func link(_ id: String, _ area: String) -> LinkKey {
        LinkKey(kind: Self.linkKind, scope: area, key: prefix + id)
    }
}

/// Addresses are the same whatever their blanks and letters' case.
enum AddressContent {
    static func plain(_ text: String?) -> String {
        (text ?? "").split(whereSeparator: \.isWhitespace).joined(separator: " ").lowercased()
    }
}
