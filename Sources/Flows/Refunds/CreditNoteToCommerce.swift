import Commerce
public import Dynamics
import Foundation
public import Relay

/// A credit note posted in F&O (an invoice with negative quantities) becomes a credit memo in Commerce, online where the
/// payment can go back through its provider. It is the one flow that moves money: each part is looked for by the mark in
/// its comment before it is asked for.
public struct CreditNoteToCommerce: Flow {
    public static let name = "CreditNoteToCommerce"

    private let context: FlowContext
    private let policy: RefundPolicy
    /// Products in F&O that stand for shipping in any legal entity.
    private let shippingItems: Set<String>
    private var commerce: CommerceClient { context.commerce }

    public init(_ context: FlowContext, orders: OrderPolicy, policy: RefundPolicy) {
        self.context = context
        self.policy = policy
        shippingItems = orders.chargeItems.union(policy.shippingItem.map { [$0] } ?? [])
    }

    public func read(_ event: StoredEvent) throws -> SalesInvoicePosted { try SalesInvoicePosted(event) }

    public func run(_ posted: SalesInvoicePosted, _ steps: Steps) async throws -> String? {
        let key = LinkKey(kind: "credit note", scope: posted.LegalEntity, key: posted.InvoiceId)
        if !steps.hasConcluded("plan"), let id = try await steps.linked(key) {
            throw Verdict.skip(
                "credit-note-carried",
                "Credit note \(posted.InvoiceId) is Commerce credit memo \(id) since an "
                    + "earlier event.")
        }
        let incrementID = try await steps.once("order") { try await self.orderNumber(of: posted, header(of: posted)) }
        guard let order = try await commerce.order(incrementID: incrementID), let orderID = order.entityID else {
            throw Verdict.unknownOrder(incrementID)
        }
        let plan = try await steps.once("plan") { try await self.plan(posted, order, orderID) }
        let anyItem = order.items.compactMap(\.itemID).first ?? 0
        var made: [String] = []
        for (index, part) in plan.parts.enumerated() {
            let mark = CreditNoteMark.text(posted.InvoiceId, posted.LegalEntity, part: index + 1)
            var link = key
            if index > 0 { link.key += " part \(index + 1)" }
            let name = index == 0 ? "credit memo" : "credit memo \(index + 1)"
            let refund = part.refund(policy, anyItem: anyItem, comment: mark)
            made.append(
                try await steps.ensure(name, link: link) {
                    try await commerce.creditMemos(orderID: orderID).first { $0.comments.contains(mark) }
                        .map { String($0.entityID) }
                } create: {
                    String(try await give(refund, part.invoiceID, orderID))
                })
        }
        return "Commerce credit memo \(made.joined(separator: ", ")) of order \(incrementID)"
    }

    private func give(_ refund: CommerceRefund, _ invoiceID: Int?, _ orderID: Int) async throws -> Int {
        guard let invoiceID else { return try await commerce.refundOrder(orderID: orderID, refund) }
        return try await commerce.refundInvoice(
            invoiceID: invoiceID, orderID: orderID, refund, isOnline: true)
    }

    private func plan(
        _ posted: SalesInvoicePosted, _ order: CommerceOrder, _ orderID: Int
    ) async throws -> RefundPlan {
        let header = try await header(of: posted)
        let lines = try await context.dynamics.salesInvoiceLines(
            invoiceNumber: posted.InvoiceId, dataAreaId: posted.LegalEntity)
        guard !lines.isEmpty, let total = header.TotalInvoiceAmount else { throw notReadable(posted) }
        guard total < 0 else {
            throw Verdict.park(
                "no-credit-note",
                "The event says that \(posted.InvoiceId) is a credit note; in F&O it comes to \(total).",
                advice: "Look at the invoice in F&O; skip the event if it is not a notice of it.")
        }
        let own = CreditNoteMark.text(posted.InvoiceId, posted.LegalEntity, part: 1)
        let memos = try await commerce.creditMemos(orderID: orderID)
        // What an earlier event has given back of this credit note is found part by part.
        let others = memos.filter { memo in
            !memo.comments.contains { $0 == own || $0.hasPrefix("Credit note \(posted.InvoiceId) part ") }
        }
        let match = CreditNoteMatch(
            order: order, number: posted.InvoiceId, shippingItems: shippingItems,
            moneyItems: Set([policy.extraItem, policy.feeItem].compactMap(\.self)))
        let planning = RefundPlanning(
            match: match, policy: policy, invoices: try await commerce.invoices(orderID: orderID), memos: others)
        return try planning.plan(lines.map(CreditNoteMatch.Line.init), total: -total)
    }

    private func header(of posted: SalesInvoicePosted) async throws -> SalesInvoiceHeaderRow {
        let found = try await context.dynamics.salesInvoiceHeaders(
            invoiceNumber: posted.InvoiceId, dataAreaId: posted.LegalEntity)
        guard
            let header = found.first(where: {
                posted.SalesOrderId == nil || $0.SalesOrderNumber == posted.SalesOrderId
            })
        else { throw notReadable(posted) }
        return header
    }

    private func notReadable(_ posted: SalesInvoicePosted) -> Verdict {
        .retry(
            "invoice-not-readable",
            "F&O does not show credit note \(posted.InvoiceId) in \(posted.LegalEntity) yet.")
    }

    /// The shop's order. A credit note stands on the order itself, on a return order, or on an order with negative lines;
    /// the latter two may have been made for something that the shop gave back already.
    private func orderNumber(of posted: SalesInvoicePosted, _ note: SalesInvoiceHeaderRow) async throws -> String {
        let area = posted.LegalEntity
        let reference = note.CustomersOrderReference ?? ""
        if let number = note.SalesOrderNumber, !number.isEmpty {
            if let memo = try await context.links.key(kind: "credit memo", scope: area, value: number) {
                throw givenBack(posted, memo)
            }
            if let order = try await context.links.key(kind: "order", scope: area, value: number) { return order }
            if let id = try await context.links.key(kind: "return", scope: area, value: number).flatMap({ Int($0) }) {
                return try await orderNumber(ofReturn: id)
            }
        }
        if reference.hasPrefix(policy.referencePrefix) {
            throw givenBack(posted, String(reference.dropFirst(policy.referencePrefix.count)))
        }
        guard !reference.isEmpty else {
            throw Verdict.skip(
                "not-a-web-order",
                "Credit note \(posted.InvoiceId) has no CustomersOrderReference, and its order no link: it is not of "
                    + "the shop.")
        }
        return reference
    }

    private func givenBack(_ posted: SalesInvoicePosted, _ memo: String) -> Verdict {
        .skip(
            "refund-known",
            "Credit note \(posted.InvoiceId) books what the shop gave back with credit memo \(memo) already.")
    }

    private func orderNumber(ofReturn id: Int) async throws -> String {
        guard let rma = try await commerce.return(id: id), let order = try await commerce.order(entityID: rma.orderID)
        else {
            throw Verdict.retry("unknown-commerce-record", "Commerce does not know return \(id) or its order.")
        }
        return order.incrementID
    }
}
