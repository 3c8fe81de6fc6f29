public import Dynamics
import JSON
public import Relay

/// Credit limit and balance of a company's account go to its credit in the shop: what a payment, an invoice or a
/// person in F&O has changed.
public struct CompanyCreditToCommerce: Flow {
    public static let name = "CompanyCreditToCommerce"

    private let context: FlowContext
    private let policies: PartyPolicies

    public init(_ context: FlowContext, policies: PartyPolicies) {
        self.context = context
        self.policies = policies
    }

    public func read(_ event: StoredEvent) throws -> CustomerNotice { try CustomerNotice.read(event) }

    public func run(_ notice: CustomerNotice, _ steps: Steps) async throws -> String? {
        guard case .company(let id) = try await ShopOwner.find(of: notice, context) else {
            throw Verdict.skip(
                "not-a-company", "Customer \(notice.CustomerAccount) is no company in the shop; it has no credit.")
        }
        let row = try await context.dynamics.customerFields(
            account: notice.CustomerAccount, dataAreaId: notice.LegalEntity, CreditKeeper.properties)
        guard let row else { throw Verdict.unknownAccount(notice) }
        let keeper = CreditKeeper(context: context, policy: policies.companies, steps: steps)
        let figures = try await keeper.figures(notice, row)
        guard try await keeper.keep(figures, ofCompany: id) else {
            throw Verdict.skip(
                "unchanged", "The credit of company \(id) says already what \(notice.CustomerAccount) has in F&O.")
        }
        return "credit of company \(id)"
    }
}
