import Commerce
import Foundation
import Relay

/// How the shop gives back what a credit note says: in one credit memo, or in one for each invoice that was paid online.
struct RefundPlanning: Sendable {
    let match: CreditNoteMatch
    let policy: RefundPolicy
    let invoices: [CommerceInvoice]
    /// Of the order, without those of this credit note.
    let memos: [CommerceCreditMemo]

    /// - Parameter total: What F&O gives back, with tax, above zero.
    func plan(_ lines: [CreditNoteMatch.Line], total: Decimal) throws -> RefundPlan {
        let items = try match.items(lines, invoiced: Self.quantities(invoices), refunded: Self.quantities(memos))
        let shipping = match.shipping(lines)
        var money = match.money(lines)
        let difference = total - money - (try match.expected(items, shipping: shipping))
        if difference.magnitude > policy.tolerance {
            guard policy.difference == .adjust else { throw differs(total, difference) }
            money += difference
        }
        guard !items.isEmpty || shipping != 0 || money != 0 else {
            throw Verdict.skip("empty-refund", "Credit note \(match.number) gives nothing back.")
        }
        var parts = isOnline ? try split(items) : [RefundPlan.Part(invoiceID: nil, items: items)]
        parts[0].shipping = shipping
        parts[0].extra = max(money, 0)
        parts[0].fee = max(-money, 0)
        return RefundPlan(parts: parts)
    }

    private var isOnline: Bool { !policy.offlineMethods.contains(match.order.payment?.method ?? "") }

    /// Each item with the invoice that it was paid with.
    private func split(_ items: [RefundPlan.Item]) throws(Verdict) -> [RefundPlan.Part] {
        var missing = Dictionary(items.map { ($0.id, $0.quantity) }, uniquingKeysWith: +)
        var parts: [RefundPlan.Part] = []
        for invoice in invoices.sorted(by: { $0.entityID < $1.entityID }) where invoice.state == .paid {
            let refunded = Self.quantities(memos.filter { $0.invoiceID == invoice.entityID })
            var part = RefundPlan.Part(invoiceID: invoice.entityID, items: [])
            for item in invoice.items {
                let quantity = min(missing[item.orderItemID] ?? 0, item.qty - (refunded[item.orderItemID] ?? 0))
                guard quantity > 0 else { continue }
                part.items.append(RefundPlan.Item(id: item.orderItemID, quantity: quantity))
                missing[item.orderItemID, default: 0] -= quantity
            }
            if !part.items.isEmpty || items.isEmpty && parts.isEmpty { parts.append(part) }
        }
        guard !parts.isEmpty, missing.values.allSatisfy({ $0 == 0 }) else {
            throw .retry(
                "refund-before-payment",
                "Credit note \(match.number) gives back what no paid invoice of order \(match.order.incrementID) has.",
                advice: "Capture the invoice in Commerce; or, if the money goes back another way, name the payment "
                    + "method in refunds.offlineMethods.")
        }
        return parts
    }

    private func differs(_ total: Decimal, _ difference: Decimal) -> Verdict {
        .park(
            "refund-differs",
            "Credit note \(match.number) gives back \(total), and Commerce would give \(total - difference) for the "
                + "same: a difference of \(difference) \(match.order.currencies.order).",
            advice:
                "Correct the credit note; or set refunds.difference: adjust, so that the shop gives what F&O says.")
    }

    private static func quantities(_ invoices: [CommerceInvoice]) -> [Int: Decimal] {
        sums(invoices.filter { $0.state != .canceled }.flatMap(\.items))
    }

    private static func quantities(_ memos: [CommerceCreditMemo]) -> [Int: Decimal] {
        sums(memos.filter { $0.state != .canceled }.flatMap(\.items))
    }

    private static func sums(_ items: [InvoicedItem]) -> [Int: Decimal] {
        items.reduce(into: [:]) { $0[$1.orderItemID, default: 0] += $1.qty }
    }
}
