import Commerce
import Dynamics
import JSON
public import Relay

/// A customer of the shop becomes a customer account in each legal entity that it belongs to, with its addresses.
///
/// One person is one party of F&O's address book: accounts in other legal entities, and later changes, use the same
/// party and the same addresses.
public struct CustomerToDynamics: Flow {
    public static let name = "CustomerToDynamics"

    private let context: FlowContext
    private let policies: PartyPolicies
    private var commerce: CommerceClient { context.commerce }

    public init(_ context: FlowContext, policies: PartyPolicies) {
        self.context = context
        self.policies = policies
    }

    public func read(_ event: StoredEvent) throws -> IncomingRecord { try IncomingRecord(event) }

    public func run(_ incoming: IncomingRecord, _ steps: Steps) async throws -> String? {
        let id = incoming.notice.entityID
        guard let customer = try await commerce.customer(id: id) else {
            // A hook that leaves before Commerce commits is faster than the record.
            throw Verdict.retry(
                "unknown-commerce-customer", "Commerce does not know customer \(id).",
                advice: "If it was deleted, skip the event: its account stays in F&O.")
        }
        try refuseCompanyUser(customer)
        let owner = AccountOwner(
            .customer, id: id, email: customer.email,
            accountNumber: policies.customers.attributes.accountNumber.flatMap(customer.customAttribute))
        let areas = try await areas(of: customer, owner, steps)
        let mapping = PartyMapping(context, policies)
        let drafts = try areas.map { try mapping.draft(customer, in: $0) }
        let fingerprint = Fingerprint(
            "customer record", key: String(id), told: [.string(owner.email)] + drafts.map(\.json))
        try await steps.refuseEcho(fingerprint)

        let keeper = AccountKeeper(
            owner: owner, context: context, policies: policies, createOnly: policies.customers.createOnly,
            steps: steps)
        var accounts: [String] = []
        for draft in drafts { accounts.append(try await keeper.keep(draft)) }
        if let first = accounts.first { try await writeBack(first, to: customer, steps) }
        try await steps.carried(fingerprint)
        return zip(accounts, areas).map { "\($0) (\($1))" }.joined(separator: ", ")
    }

    private func refuseCompanyUser(_ customer: CustomerAccount) throws {
        guard policies.companies.orders == .company, let company = customer.companyID else { return }
        throw Verdict.skip(
            "company-user",
            "Customer \(customer.id) is a user of company \(company), whose account takes the orders.")
    }

    /// Those of the website, and those where orders have made an account.
    private func areas(
        of customer: CustomerAccount, _ owner: AccountOwner, _ steps: Steps
    ) async throws -> [String] {
        var areas = policies.dataAreaIDs(websiteID: customer.websiteID, storeID: customer.storeID, context.values)
        for area in policies.allDataAreaIDs where !areas.contains(area) {
            if try await steps.linked(owner.link(area)) != nil { areas.append(area) }
        }
        return areas
    }

    /// Saving a customer makes Commerce send its webhook again, which brings nothing new then.
    private func writeBack(_ account: String, to customer: CustomerAccount, _ steps: Steps) async throws {
        guard let code = policies.customers.attributes.accountNumber, customer.customAttribute(code) != account
        else { return }
        try await steps.once("write back number") {
            _ = try await commerce.updateCustomer(id: customer.id) { $0.setCustomAttribute(code, account) }
        }
    }
}
