public import Foundation
public import JSON

/// A credit memo that exists in Commerce. Amounts are in the order's currency.
public struct CommerceCreditMemo: Sendable, Equatable {
    public enum State: Int, Sendable {
        case open = 1
        case refunded = 2
        case canceled = 3
    }

    /// The part of an order item that was given back, with its money.
    public struct Line: Sendable, Equatable {
        public var orderItemID: Int
        public var sku: String?
        public var qty: Decimal
        /// Before discount, without tax; 0 on the half of a pair that only names a product.
        public var rowTotal: Decimal
        /// Zero or positive.
        public var discountAmount: Decimal
        /// The tax within the discount; see `OrderLine`.
        public var discountTaxCompensationAmount: Decimal
        public var taxAmount: Decimal

        public init(
            orderItemID: Int, sku: String? = nil, qty: Decimal, rowTotal: Decimal = 0, discountAmount: Decimal = 0,
            discountTaxCompensationAmount: Decimal = 0, taxAmount: Decimal = 0
        ) {
            self.orderItemID = orderItemID
            self.sku = sku
            self.qty = qty
            self.rowTotal = rowTotal
            self.discountAmount = discountAmount
            self.discountTaxCompensationAmount = discountTaxCompensationAmount
            self.taxAmount = taxAmount
        }
    }

    public var entityID: Int
    public var incrementID: String?
    /// The order's entity id.
    public var orderID: Int
    /// `nil` for a refund of the order rather than of one invoice.
    public var invoiceID: Int?
    public var grandTotal: Decimal?
    public var items: [RefundedItem]
    public var comments: [String]
    /// `nil` for a state that Commerce does not define.
    public var state: State?
    /// `items` with their money.
    public var lines: [Line] = []
    /// Of shipping, without tax.
    public var shippingAmount: Decimal = 0
    /// Given back on top, and kept as a fee; both zero or positive.
    public var adjustmentPositive: Decimal = 0
    public var adjustmentNegative: Decimal = 0
    /// The credit memo as it came, for mapping documents.
    public var document: JSONValue = .null

    public init(
        entityID: Int, incrementID: String? = nil, orderID: Int, invoiceID: Int? = nil, grandTotal: Decimal? = nil,
        items: [RefundedItem] = [], comments: [String] = []
    ) {
        self.entityID = entityID
        self.incrementID = incrementID
        self.orderID = orderID
        self.invoiceID = invoiceID
        self.grandTotal = grandTotal
        self.items = items
        self.comments = comments
    }
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
        var lines: [Line] = []
        for item in try memo["items"].list() {
            items.append(try RefundedItem(item))
            lines.append(try Line(item))
        }
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
        state = try memo["state"].integer().flatMap(State.init)
        self.lines = lines
        shippingAmount = try memo["shipping_amount"].decimal() ?? 0
        adjustmentPositive = try memo["adjustment_positive"].decimal() ?? 0
        adjustmentNegative = try memo["adjustment_negative"].decimal() ?? 0
        document = memo.value ?? .null
    }
}

extension CommerceCreditMemo.Line {
    fileprivate init(_ item: JSONNode) throws(OrderReadingError) {
        let refunded = try RefundedItem(item)
        self.init(
            orderItemID: refunded.orderItemID, sku: try item["sku"].text(), qty: refunded.qty,
            rowTotal: try item["row_total"].decimal() ?? 0,
            discountAmount: (try item["discount_amount"].decimal() ?? 0).magnitude,
            discountTaxCompensationAmount: try item["discount_tax_compensation_amount"].decimal() ?? 0,
            taxAmount: try item["tax_amount"].decimal() ?? 0)
    }
}
