public import Foundation
public import JSON

/// An invoice that exists in Commerce.
public struct CommerceInvoice: Sendable, Equatable {
    public enum State: Int, Sendable {
        case open = 1
        case paid = 2
        case canceled = 3
    }

    public var entityID: Int
    public var incrementID: String?
    /// The order's entity id.
    public var orderID: Int
    /// `nil` for a state that Commerce does not define.
    public var state: State?
    public var grandTotal: Decimal?
    public var items: [InvoicedItem]
    public var comments: [String]
    /// The invoice as it came, for mapping documents.
    public var document: JSONValue

    public init(
        entityID: Int, incrementID: String? = nil, orderID: Int, state: State? = nil, grandTotal: Decimal? = nil,
        items: [InvoicedItem] = [], comments: [String] = [], document: JSONValue = .null
    ) {
        self.entityID = entityID
        self.incrementID = incrementID
        self.orderID = orderID
        self.state = state
        self.grandTotal = grandTotal
        self.items = items
        self.comments = comments
        self.document = document
    }
}

/// How much of which order item an invoice covers.
public struct InvoicedItem: Sendable, Equatable {
    /// An order item's `item_id`.
    public var orderItemID: Int
    public var qty: Decimal

    public init(orderItemID: Int, qty: Decimal) {
        self.orderItemID = orderItemID
        self.qty = qty
    }
}

extension CommerceInvoice {
    init(_ invoice: JSONNode) throws(OrderReadingError) {
        var items: [InvoicedItem] = []
        for item in try invoice["items"].list() {
            items.append(try InvoicedItem(item))
        }
        var comments: [String] = []
        for comment in try invoice["comments"].list() {
            if let text = try comment["comment"].text() { comments.append(text) }
        }
        self.init(
            entityID: try invoice["entity_id"].required(invoice["entity_id"].integer(), "an invoice's id"),
            incrementID: try invoice["increment_id"].text(),
            orderID: try invoice["order_id"].required(invoice["order_id"].integer(), "an order's id"),
            state: try invoice["state"].integer().flatMap(State.init),
            grandTotal: try invoice["grand_total"].decimal(), items: items, comments: comments,
            document: invoice.value ?? .null)
    }
}

extension InvoicedItem {
    init(_ item: JSONNode) throws(OrderReadingError) {
        self.init(
            orderItemID: try item["order_item_id"].required(item["order_item_id"].integer(), "an order item's id"),
            qty: try item["qty"].required(item["qty"].decimal(), "a quantity"))
    }
}
