import Commerce
public import Dynamics
import JSON
import Mapping
public import Relay

/// What F&O owns of a customer account goes to the customer or company of the shop: its number, terms, hold status
/// and groups; of a company also credit limit and balance.
public struct CustomerToCommerce: Flow {
    public static let name = "CustomerToCommerce"

    private let context: FlowContext
    private let policies: PartyPolicies
    private var commerce: CommerceClient { context.commerce }

    public init(_ context: FlowContext, policies: PartyPolicies) {
        self.context = context
        self.policies = policies
    }

    public func read(_ event: StoredEvent) throws -> CustomerNotice { try CustomerNotice.read(event) }

    public func run(_ notice: CustomerNotice, _ steps: Steps) async throws -> String? {
        let area = notice.LegalEntity
        let owner = try await ShopOwner.find(of: notice, context)
        let mapping = PartyMapping(context, policies)
        let document = owner.document
        let row = try await account(notice, mapping.properties(of: document, record: "account"))
        let name = "Customer \(notice.CustomerAccount) (\(area))"
        let record = try mapping.map(document, ["account": .object(row)], area, name)
        let credit = CreditKeeper(context: context, policy: policies.companies, steps: steps)
        let figures = try await owner.isCompany ? credit.figures(notice, row) : nil
        let fingerprint = Fingerprint(
            "account", scope: area, key: notice.CustomerAccount, told: [record.json] + (figures?.json ?? []))
        try await steps.refuseEcho(fingerprint)

        let changed: Bool
        switch owner {
        case .customer(let id): changed = try await change(customer: id, record, steps)
        case .company(let id):
            changed = try await change(company: id, record, holdStatus: figures?.holdStatus, steps)
        }
        if case .company(let id) = owner, let figures { try await credit.keep(figures, ofCompany: id) }
        try await steps.carried(fingerprint)
        return "Commerce \(owner.name)\(changed ? "" : ", which said so already")"
    }

    private func account(_ notice: CustomerNotice, _ properties: [String]) async throws -> JSONObject {
        let names = Set(properties).union(CreditKeeper.properties)
        let row = try await context.dynamics.customerFields(
            account: notice.CustomerAccount, dataAreaId: notice.LegalEntity, names.sorted())
        guard let row else { throw Verdict.unknownAccount(notice) }
        return row
    }

    /// - Returns: Whether anything was to be changed.
    private func change(customer id: Int, _ record: MappedRecord, _ steps: Steps) async throws -> Bool {
        let change = CustomerChange(record, policies.customers)
        return try await steps.once("customer") { () async throws -> Bool in
            guard let customer = try await commerce.customer(id: id) else {
                throw Verdict.skip("customer-gone", "Commerce has no customer \(id) any more.")
            }
            var changed = customer
            change.apply(to: &changed)
            guard changed != customer else { return false }
            _ = try await commerce.updateCustomer(id: id) { change.apply(to: &$0) }
            return true
        }
    }

    private func change(
        company id: Int, _ record: MappedRecord, holdStatus: String?, _ steps: Steps
    ) async throws -> Bool {
        let change = CompanyChange(record, policies.companies, holdStatus: holdStatus)
        return try await steps.once("company") { () async throws -> Bool in
            guard let company = try await commerce.company(id: id) else {
                throw Verdict.skip("company-gone", "Commerce has no company \(id) any more.")
            }
            var changed = company
            change.apply(to: &changed)
            guard changed != company else { return false }
            _ = try await commerce.updateCompany(id: id) { change.apply(to: &$0) }
            return true
        }
    }
}

extension CustomerNotice {
    /// - Throws: A `Verdict` that parks what does not say of which account it is.
    static func read(_ event: StoredEvent) throws(Verdict) -> CustomerNotice {
        do throws(BusinessEventError) {
            return try CustomerNotice(event.body)
        } catch {
            throw Verdict.park(
                "unreadable-event", "The event does not say of which customer it is: \(error)",
                advice: "Have the event tell CustomerAccount and LegalEntity, or turn its route off.")
        }
    }
}

extension Verdict {
    static func unknownAccount(_ notice: CustomerNotice) -> Verdict {
        .retry(
            "unknown-account",
            "F&O does not show customer \(notice.CustomerAccount) in \(notice.LegalEntity).",
            advice: "If the account was deleted, skip the event.")
    }
}
