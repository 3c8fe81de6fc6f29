import Commerce
import Foundation

/// What the shop will be asked to give back for one credit note. Made once and remembered, so that a repeated attempt
/// asks for the same, whatever the shop has given back meanwhile.
struct RefundPlan: Sendable, Equatable, Codable {
    struct Item: Sendable, Equatable, Codable {
        /// The order item's `item_id`.
        var id: Int
        var quantity: Decimal
    }

    /// One credit memo.
    struct Part: Sendable, Equatable, Codable {
        /// Whose payment goes back through its provider; `nil` for a refund that is only noted.
        var invoiceID: Int?
        var items: [Item]
        /// Without tax.
        var shipping: Decimal = 0
        var extra: Decimal = 0
        var fee: Decimal = 0
    }

    var parts: [Part]
}

extension RefundPlan.Part {
    /// - Parameter anyItem: Stands with quantity 0 for money without goods: no items at all would mean all of them.
    func refund(_ policy: RefundPolicy, anyItem: Int, comment: String) -> CommerceRefund {
        let all = items.map { RefundedItem(orderItemID: $0.id, qty: $0.quantity) }
        return CommerceRefund(
            items: all.isEmpty ? [RefundedItem(orderItemID: anyItem, qty: 0)] : all, shippingAmount: shipping,
            adjustmentPositive: extra, adjustmentNegative: fee,
            returnToStockItems: policy.returnsToStock ? items.map(\.id) : [], notify: policy.notifies,
            comment: comment)
    }
}
