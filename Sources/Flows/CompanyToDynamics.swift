import Commerce
import Dynamics
import JSON
public import Relay

/// A company of the shop (B2B) becomes a customer account of an organization, with its credit limit.
public struct CompanyToDynamics: Flow {
    public static let name = "CompanyToDynamics"

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
        guard let company = try await commerce.company(id: id) else {
            throw Verdict.retry(
                "unknown-commerce-company", "Commerce does not know company \(id).",
                advice: "If it was deleted, skip the event: its account stays in F&O.")
        }
        if let status = company.status, policies.companies.skippedStates.contains(status) {
            throw Verdict.skip(
                "company-state", "Company \(id) is \(status); a later change of it is carried.")
        }
        let owner = AccountOwner(
            .company, id: id, email: company.email,
            accountNumber: policies.companies.writesAccount ? company.resellerID.flatMap(Self.filled) : nil)
        let administrator = try await administrator(of: company)
        let areas = policies.dataAreaIDs(
            websiteID: administrator?.websiteID, storeID: administrator?.storeID, context.values)
        let credit = try await commerce.companyCredit(companyID: id)
        let mapping = PartyMapping(context, policies)
        let drafts = try areas.map {
            try mapping.draft(company, administrator: administrator, credit: credit, in: $0)
        }
        let fingerprint = Fingerprint(
            "company record", key: String(id), told: [.string(owner.email)] + drafts.map(\.json))
        try await steps.refuseEcho(fingerprint)

        let keeper = AccountKeeper(
            owner: owner, context: context, policies: policies, createOnly: policies.companies.createOnly,
            steps: steps)
        var accounts: [String] = []
        for draft in drafts { accounts.append(try await keeper.keep(draft)) }
        if let first = accounts.first { try await writeBack(first, to: company, steps) }
        try await steps.carried(fingerprint)
        return zip(accounts, areas).map { "\($0) (\($1))" }.joined(separator: ", ")
    }

    private static func filled(_ text: String) -> String? { text.isEmpty ? nil : text }

    /// Companies belong to no website; their administrators do.
    private func administrator(of company: CommerceCompany) async throws -> CustomerAccount? {
        guard let id = company.superUserID else { return nil }
        return try await commerce.customer(id: id)
    }

    private func writeBack(_ account: String, to company: CommerceCompany, _ steps: Steps) async throws {
        guard policies.companies.writesAccount, company.resellerID != account else { return }
        try await steps.once("write back number") {
            _ = try await commerce.updateCompany(id: company.id) { $0.resellerID = account }
        }
    }
}
