import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
public import Relay

/// A Commerce order becomes a sales order in F&O: customer, header, lines in sequence, totals compared, and the
/// number written back.
///
/// Everything that the mapping can refuse is refused before the first call that changes something, so that no half
/// order is left behind.
public struct OrderToSalesOrder: Flow {
    public static let name = "OrderToSalesOrder"
    public static let patchableSteps = [
        PatchableStep("customer", keys: ["dataAreaId", "PrimaryContactEmail"]),
        PatchableStep("header", keys: ["dataAreaId", "CustomersOrderReference"]),
        PatchableStep("line #", keys: ["dataAreaId", "SalesOrderNumber", "LineNumber"]),
    ]

    let context: FlowContext
    let policy: OrderPolicy
    private let companies: CompanyPolicy
    private var commerce: CommerceClient { context.commerce }
    private var dynamics: DynamicsClient { context.dynamics }

    public init(_ context: FlowContext, policy: OrderPolicy, companies: CompanyPolicy = CompanyPolicy()) {
        self.context = context
        self.policy = policy
        self.companies = companies
    }

    public func read(_ event: StoredEvent) throws -> IncomingOrder { try IncomingOrder(event) }

    public func run(_ incoming: IncomingOrder, _ steps: Steps) async throws -> String? {
        let order = try await incoming.order(from: commerce)
        try Self.refuse(order, unlessOf: steps.claim.event.subject)
        let changes = CarriedOrderChanges(context, policy: policy)
        if let told = try await changes.carry(order, steps) { return told }
        let draft = try SalesOrderDraft(
            order, policy: policy, mappings: context.mappings.current, values: context.values)
        let fingerprint = draft.fingerprint()
        try await steps.refuseEcho(fingerprint)
        if let told = try await changes.revise(order, fingerprint, steps) { return told }
        try order.refusePartlyCanceled()
        let known = try await OrderAccount.known(
            of: order, in: draft.dataAreaID, companies: companies, context)
        let account = if let known { known } else { try await ensureCustomer(draft, steps) }
        let quotation = try await QuotationLink.quotation(of: order, in: draft.dataAreaID, context)
        let number = try await ensureHeader(draft, account, quotation, steps)
        try await ensureLines(draft, number, steps)
        let difference = try await compareTotals(draft, number, steps)
        try await writeBack(draft, number, steps)
        let key = CarriedOrderChanges.carriedKey(draft.incrementID, in: draft.dataAreaID)
        let carried = try await steps.ensure("carried", link: key) {
            nil
        } create: {
            number
        }
        try await steps.carried(fingerprint)
        return difference.isEmpty ? carried : "\(carried). \(difference)"
    }

    /// Only deliveries of one subject keep out of each other's way: an edited event must stay the order that it was.
    static func refuse(_ order: CommerceOrder, unlessOf subject: String) throws(Verdict) {
        guard subject != OrderNotice(incrementID: order.incrementID).subject else { return }
        throw Verdict.park(
            "another-order", "The event is of \(subject), but its body holds order \(order.incrementID).",
            advice: "Skip this event, and send the other order from Commerce.")
    }

    private func ensureCustomer(_ draft: SalesOrderDraft, _ steps: Steps) async throws -> String {
        let key = LinkKey(kind: "customer", scope: draft.dataAreaID, key: draft.email)
        return try await steps.ensure("customer", link: key) {
            let found = try await dynamics.findCustomers(email: draft.email, dataAreaId: draft.dataAreaID)
            guard found.count <= 1 else {
                throw Verdict.park(
                    "ambiguous-customer",
                    "\(found.count) customers in \(draft.dataAreaID) have the e-mail address of order "
                        + "\(draft.incrementID): \(found.map(\.CustomerAccount).joined(separator: ", ")).",
                    advice: "Leave the address on one of them (PrimaryContactEmail), then replay the event.")
            }
            return found.first?.CustomerAccount
        } create: {
            try await dynamics.createCustomer(draft.customer).CustomerAccount
        }
    }

    private func ensureHeader(
        _ draft: SalesOrderDraft, _ account: String, _ quotation: String?, _ steps: Steps
    ) async throws -> String {
        let key = LinkKey(kind: "order", scope: draft.dataAreaID, key: draft.incrementID)
        return try await steps.ensure("header", link: key) {
            try await dynamics.onlySalesOrder(reference: draft.incrementID, in: draft.dataAreaID)
        } create: {
            var header = draft.header(account: account)
            if let quotation, header["QuotationNumber"] == nil { header.set("QuotationNumber", .string(quotation)) }
            return try await dynamics.createSalesOrderHeader(header).SalesOrderNumber
        }
    }

    /// One after the other: F&O answers parallel inserts on one order with update conflicts. What a change set has
    /// created is found here by line number like anything else that is there.
    private func ensureLines(_ draft: SalesOrderDraft, _ number: String, _ steps: Steps) async throws {
        let lines = draft.lines(salesOrderNumber: number)
        guard !lines.indices.allSatisfy({ steps.hasConcluded("line \($0 + 1)") }) else { return }
        let present = try await dynamics.salesOrderLines(salesOrderNumber: number, dataAreaId: draft.dataAreaID)
        let together = present.isEmpty && mayBeChangeSet(lines, steps) ? try await createTogether(lines, steps) : []
        let there = present + together
        for (index, line) in lines.enumerated() {
            try await steps.ensure("line \(index + 1)") {
                there.first { $0.LineNumber == Decimal(index + 1) }?.InventoryLotId
            } create: {
                try await dynamics.createSalesOrderLine(line).InventoryLotId
            }
        }
    }

    private func createTogether(_ lines: [MappedRecord], _ steps: Steps) async throws -> [SalesOrderLineRow] {
        try await steps.ensure("lines") {
            nil
        } create: {
            try await dynamics.createSalesOrderLines(lines)
        }
    }

    /// A change set is all or nothing, so it has happened or not when its answer is lost: the lines that are there, which
    /// every attempt reads first, tell. It has no place for a correction of one line, and none for an order that had
    /// lines before.
    private func mayBeChangeSet(_ lines: [MappedRecord], _ steps: Steps) -> Bool {
        let names = lines.indices.map { "line \($0 + 1)" }
        return policy.lines == .changeSet && (2...dynamics.longestChangeSet).contains(lines.count)
            && !names.contains { steps.hasConcluded($0) || steps.claim.event.patches[$0] != nil }
    }

    /// F&O may replace prices by trade agreements when a line is created, so what counts is what it kept.
    /// - Returns: What differs, where that is no reason to park; otherwise nothing.
    private func compareTotals(_ draft: SalesOrderDraft, _ number: String, _ steps: Steps) async throws -> String {
        try await steps.once("totals found") {
            let rows = try await dynamics.salesOrderLines(salesOrderNumber: number, dataAreaId: draft.dataAreaID)
            let header =
                policy.money.tax == .commerce
                ? try await dynamics.salesOrder(number: number, dataAreaId: draft.dataAreaID) : nil
            return try draft.compare(rows, header: header, salesOrderNumber: number, policy: policy) ?? ""
        }
    }

    private func writeBack(_ draft: SalesOrderDraft, _ number: String, _ steps: Steps) async throws {
        let written = ["write back number", "write back comment"]
        guard !written.allSatisfy(steps.hasConcluded) else { return }
        guard let order = try await commerce.order(incrementID: draft.incrementID), let id = order.entityID else {
            throw Verdict.unknownOrder(draft.incrementID)
        }
        // Saving an order makes Commerce send its webhook again; writing only what is new ends that circle.
        try await steps.ensure("write back number") {
            order.extOrderID == number ? number : nil
        } create: {
            try await commerce.setExternalOrderID(entityID: id, incrementID: draft.incrementID, extOrderID: number)
            return number
        }
        let comment = "Sales order \(number) created in Dynamics 365 (\(draft.dataAreaID))."
        try await steps.ensure("write back comment") {
            try await commerce.comments(orderID: id).contains(comment) ? true : nil
        } create: {
            try await commerce.addComment(orderID: id, text: comment, status: order.status)
            return true
        }
    }
}
