import Foundation

/// An order as Commerce keeps it.
struct CommerceOrder: Sendable {
    struct Item: Sendable {
        let itemID: Int
        let parentItemID: Int?
        let productType: String
        let productID: Int
        let sku: String
        let name: String
        let quantity: Decimal
        let isVirtual: Bool
        /// Whether an invoice names this row: the one of a pair that carries the money.
        let isInvoiceable: Bool
        /// As applied to this row: 0 on a row without money.
        let taxPercent: Decimal
        let discountPercent: Decimal
        /// In the order's currency, and in the website's.
        var amounts: RowAmounts
        var baseAmounts: RowAmounts
        var quantityInvoiced: Decimal = 0
        var quantityShipped: Decimal = 0
        var quantityRefunded: Decimal = 0
        var quantityCanceled: Decimal = 0

        var quantityToInvoice: Decimal { isInvoiceable ? quantity - quantityInvoiced - quantityCanceled : 0 }
        /// Pairs and bundles are shipped by their parent.
        var quantityToShip: Decimal {
            isVirtual || parentItemID != nil ? 0 : quantity - quantityShipped - quantityRefunded - quantityCanceled
        }
        var quantityToRefund: Decimal { isInvoiceable ? quantityInvoiced - quantityRefunded : 0 }
    }

    struct Comment: Sendable {
        let id: Int
        let text: String?
        let status: String
        let isCustomerNotified: Int
        let isVisibleOnFront: Int
        let createdAt: Date
    }

    let entityID: Int
    var placed: SandboxOrder
    let createdAt: Date
    var updatedAt: Date
    var state = "new"
    var status = "pending"
    var extOrderID: String?
    var extCustomerID: String?
    var items: [Item]
    var amounts: OrderAmounts
    var baseAmounts: OrderAmounts
    var comments: [Comment] = []
    var invoiceIDs: [Int] = []
    var relation = OrderRelation()
    /// State and status from before the order was put on hold.
    var beforeHold: (state: String, status: String)?

    var incrementID: String { placed.incrementID }
    var isVirtual: Bool { items.allSatisfy(\.isVirtual) }
    var canInvoice: Bool { items.contains { $0.quantityToInvoice > 0 } }
    var canShip: Bool { items.contains { $0.quantityToShip > 0 } }
}
