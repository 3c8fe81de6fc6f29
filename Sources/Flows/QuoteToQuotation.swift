import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
public import Relay

/// A negotiable quote of the shop becomes a quotation in F&O, with what was negotiated about its prices; later changes
/// of the quote change the quotation.
public struct QuoteToQuotation: Flow {
    public static let name = "QuoteToQuotation"

    private let context: FlowContext
    private let policies: PartyPolicies
    private let policy: QuotePolicy
    private var dynamics: DynamicsClient { context.dynamics }

    public init(_ context: FlowContext, policies: PartyPolicies, policy: QuotePolicy = QuotePolicy()) {
        self.context = context
        self.policies = policies
        self.policy = policy
    }

    public func read(_ event: StoredEvent) throws -> IncomingRecord { try IncomingRecord(event) }

    public func run(_ incoming: IncomingRecord, _ steps: Steps) async throws -> String? {
        let id = incoming.notice.entityID
        guard let quote = try await context.commerce.quote(id: id) else {
            throw Verdict.retry("unknown-commerce-quote", "Commerce does not know quote \(id).")
        }
        let area = policies.dataAreaID(storeID: quote.storeID, context.values)
        let key = QuotationLink.key(quote: id, in: area)
        guard let status = quote.status, policy.states.contains(status) else {
            return try await close(quote, area, steps)
        }
        let draft = try QuotationDraft(quote, in: area, PartyMapping(context, policies))
        let fingerprint = Fingerprint("quote record", scope: area, key: String(id), told: [draft.json])
        try await steps.refuseEcho(fingerprint)
        let account = try await account(of: quote, area)
        let number = try await steps.ensure("header", link: key) {
            try await find(id, area)
        } create: {
            var record = draft.header
            record.set("dataAreaId", .string(area))
            record.set(policy.reference.rawValue, .string(reference(id)))
            record.set("RequestingCustomerAccountNumber", .string(account))
            record.set("InvoiceCustomerAccountNumber", .string(account))
            return try await dynamics.createQuotation(fields: record).SalesQuotationNumber
        }
        try await steps.once("header changes") {
            let wanted = draft.header.json.objectValue ?? [:]
            guard try await dynamics.settleQuotation(number: number, dataAreaId: area, wanted) != nil else {
                throw Verdict.park(
                    "quotation-gone", "Quote \(id) is linked to quotation \(number), which F&O does not have.")
            }
        }
        try await keepLines(draft, number, area, steps)
        try await steps.carried(fingerprint)
        return number
    }

    private func reference(_ id: Int) -> String { policy.prefix + String(id) }

    private func find(_ id: Int, _ area: String) async throws -> String? {
        let found = try await dynamics.quotations(
            where: policy.reference.rawValue, is: reference(id), dataAreaId: area)
        guard found.count <= 1 else {
            throw Verdict.park(
                "ambiguous-quotation",
                "Several quotations in \(area) carry \(policy.reference.rawValue) \(reference(id)): "
                    + "\(found.map(\.SalesQuotationNumber).joined(separator: ", ")).",
                advice: "Cancel all but one in F&O, then replay the event.")
        }
        return found.first?.SalesQuotationNumber
    }

    /// A quote that nobody negotiates any more, or not yet.
    private func close(_ quote: NegotiableQuote, _ area: String, _ steps: Steps) async throws -> String? {
        let status = quote.status ?? "none"
        guard policy.closedStates.contains(status), policy.whenClosed == .expire,
            let number = try await steps.linked(QuotationLink.key(quote: quote.id, in: area))
        else {
            throw Verdict.skip("quote-state", "Quote \(quote.id) is in state \(status); nothing follows for F&O.")
        }
        try await steps.once("expire") {
            try await dynamics.expireQuotation(
                number: number, dataAreaId: area, on: steps.claim.event.receivedAt)
        }
        return "\(number), which expires"
    }

    private func account(of quote: NegotiableQuote, _ area: String) async throws -> String {
        let company = policies.companies.orders == .company ? quote.companyID : nil
        var keys: [LinkKey] = []
        if let company {
            keys = [AccountOwner(.company, id: company, email: "").link(area)]
        } else {
            if let id = quote.customerID { keys.append(AccountOwner(.customer, id: id, email: "").link(area)) }
            if let email = quote.customerEmail {
                keys.append(AccountOwner.emailLink(AccountOwner.normalized(email), area))
            }
        }
        for key in keys {
            if let account = try await context.links.value(of: key) { return account }
        }
        throw Verdict.retry(
            "buyer-not-carried",
            "Quote \(quote.id) is of \(company.map { "company \($0)" } ?? "a customer") without an account in "
                + "\(area) yet.",
            advice: "Save the customer or company in Commerce, or look at its event.")
    }

    /// One after the other, as the lines of an order.
    private func keepLines(
        _ draft: QuotationDraft, _ number: String, _ area: String, _ steps: Steps
    ) async throws {
        let present = try await dynamics.quotationLines(number: number, dataAreaId: area)
        for line in draft.lines {
            let lot = try await steps.ensure("line \(line.itemID)") {
                present.first { $0.LineCreationSequenceNumber == line.itemID }?.InventoryLotId
            } create: {
                var record = line.fields
                record.set("dataAreaId", .string(area))
                record.set("SalesQuotationNumber", .string(number))
                record.set("LineCreationSequenceNumber", .int(line.itemID))
                return try await dynamics.createQuotationLine(fields: record).InventoryLotId
            }
            try await steps.once("line \(line.itemID) changes") {
                _ = try await dynamics.settleQuotationLine(
                    lot: lot, dataAreaId: area, line.fields.json.objectValue ?? [:])
            }
        }
        let items = Set(draft.lines.map(\.itemID))
        for row in present where !items.contains(row.LineCreationSequenceNumber) {
            try await steps.once("delete line \(row.InventoryLotId)") {
                try await dynamics.deleteQuotationLine(lot: row.InventoryLotId, dataAreaId: area)
            }
        }
    }
}
