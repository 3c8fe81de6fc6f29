public import Foundation
import JSON

/// A credit memo that exists in Commerce.
public struct CommerceCreditMemo: Sendable, Equatable {
    public var entityID: Int
    public var incrementID: String?
    /// The order's entity id.
    public var orderID: Int
    /// `nil` for a refund of the order rather than of one invoice.
    public var invoiceID: Int?
    public var grandTotal: Decimal?
    public var items: [RefundedItem]
    public var comments: [String]
}

public typealias RefundedItem = InvoicedItem

/// What to give back. Amounts are in the order's currency.
public struct CommerceRefund: Sendable, Equatable {
    /// `nil` refunds all that is left.
    public var items: [RefundedItem]?
    /// Of the shipping amount; `nil` is all of it, 0 nothing.
    public var shippingAmount: Decimal?
    /// Given back on top.
    public var adjustmentPositive: Decimal?
    /// Kept as a fee.
    public var adjustmentNegative: Decimal?
    /// Order items whose quantity goes back into stock.
    public var returnToStockItems: [Int]
    /// Sends the customer an e-mail.
    public var notify: Bool
    /// For the merchant's eyes.
    public var comment: String?

    public init(
        items: [RefundedItem]? = nil, shippingAmount: Decimal? = nil, adjustmentPositive: Decimal? = nil,
        adjustmentNegative: Decimal? = nil, returnToStockItems: [Int] = [], notify: Bool = false,
        comment: String? = nil
    ) {
        self.items = items
        self.shippingAmount = shippingAmount
        self.adjustmentPositive = adjustmentPositive
        self.adjustmentNegative = adjustmentNegative
        self.returnToStockItems = returnToStockItems
        self.notify = notify
        self.comment = comment
    }

    /// - Parameter isOnline: `nil` where the operation does not ask.
    func json(isOnline: Bool?) -> JSONValue {
        let stock: JSONValue? =
            returnToStockItems.isEmpty
            ? nil : ["return_to_stock_items": .array(returnToStockItems.map(JSONValue.int))]
        return .members([
            "appendComment": .bool(comment != nil),
            "arguments": .members([
                "adjustment_negative": adjustmentNegative.map(JSONValue.number),
                "adjustment_positive": adjustmentPositive.map(JSONValue.number), "extension_attributes": stock,
                "shipping_amount": shippingAmount.map(JSONValue.number),
            ]),
            "comment": comment.map { ["comment": .string($0), "is_visible_on_front": 0] },
            "isOnline": isOnline.map(JSONValue.bool), "items": items.map { .array($0.map(\.json)) },
            "notify": .bool(notify),
        ])
    }
}

extension CommerceCreditMemo {
    init(_ memo: JSONNode) throws(OrderReadingError) {
        var items: [RefundedItem] = []
        for item in try memo["items"].list() { items.append(try RefundedItem(item)) }
        var comments: [String] = []
        for comment in try memo["comments"].list() {
            if let text = try comment["comment"].text() { comments.append(text) }
        }
        self.init(
            entityID: try memo["entity_id"].required(memo["entity_id"].integer(), "a credit memo's id"),
            incrementID: try memo["increment_id"].text(),
            orderID: try memo["order_id"].required(memo["order_id"].integer(), "an order's id"),
            invoiceID: try memo["invoice_id"].integer(), grandTotal: try memo["grand_total"].decimal(), items: items,
            comments: comments)
    }
}
