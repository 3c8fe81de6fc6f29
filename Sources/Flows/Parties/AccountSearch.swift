import Commerce
import Dynamics
import Relay

/// Looks for the account of a customer or company that nobody has linked yet, and for the party that a new account
/// may become.
struct AccountSearch: Sendable {
    let owner: AccountOwner
    let context: FlowContext
    let policies: PartyPolicies
    private var dynamics: DynamicsClient { context.dynamics }

    /// By the number that Commerce names, then by e-mail address.
    /// - Throws: A `Verdict` that parks if several accounts are as likely.
    func account(in dataAreaID: String) async throws -> String? {
        if let number = owner.accountNumber,
            let row = try await dynamics.customer(account: number, dataAreaId: dataAreaID)
        {
            return row.CustomerAccount
        }
        var free: [String] = []
        for row in try await dynamics.customers(email: owner.email, dataAreaId: dataAreaID) where fits(row) {
            guard try await !isTaken(row.CustomerAccount, in: dataAreaID) else { continue }
            free.append(row.CustomerAccount)
        }
        guard free.count <= 1 else {
            throw Verdict.park(
                "ambiguous-customer",
                "\(free.count) customers in \(dataAreaID) have the e-mail address of \(owner.name): "
                    + "\(free.joined(separator: ", ")).",
                advice: "Leave the address on one of them (PrimaryContactEmail), then replay the event.")
        }
        return free.first
    }

    /// Whether an account belongs to somebody else in the shop, who may have had this e-mail address once.
    func isTaken(_ account: String, in dataAreaID: String) async throws -> Bool {
        let links = context.links
        let company = try await links.key(kind: AccountOwner.Kind.company.rawValue, scope: dataAreaID, value: account)
        let customer = try await links.key(
            kind: AccountOwner.Kind.customer.rawValue, scope: dataAreaID, value: account)
        if owner.kind == .company { return customer != nil || company.map { $0 != String(owner.id) } ?? false }
        if company != nil { return true }
        guard let customer, let id = Int(customer), id != owner.id else { return false }
        // One person may have an account of the shop on each website, and has one in F&O.
        guard let other = try await context.commerce.customer(id: id) else { return false }
        return AccountOwner.normalized(other.email) != owner.email
    }

    /// The party of the same person or organization.
    /// - Throws: A `Verdict` that parks if there are several.
    func party() async throws -> String? {
        guard policies.customers.parties != .new else { return nil }
        if let own = try await partyOfOwnAccounts() { return own }
        let rows = try await dynamics.customers(email: owner.email)
        var found = Set(rows.filter(fits).compactMap(\.PartyNumber).filter { !$0.isEmpty })
        if found.isEmpty, policies.customers.parties == .contacts {
            found = Set(try await dynamics.parties(email: owner.email))
        }
        guard found.count <= 1 else {
            throw Verdict.park(
                "ambiguous-party",
                "\(found.count) parties have the e-mail address of \(owner.name): "
                    + "\(found.sorted().joined(separator: ", ")).",
                advice: "Merge them in F&O's address book, or link the account by hand; then replay the event.")
        }
        return found.first
    }

    private func partyOfOwnAccounts() async throws -> String? {
        for dataAreaID in policies.allDataAreaIDs {
            guard let account = try await context.links.value(of: owner.link(dataAreaID)),
                let party = try await dynamics.customer(account: account, dataAreaId: dataAreaID)?.PartyNumber,
                !party.isEmpty
            else { continue }
            return party
        }
        return nil
    }

    private func fits(_ row: CustomerRow) -> Bool {
        let type = row.PartyType ?? ""
        return type.isEmpty || type == owner.partyType
    }
}
