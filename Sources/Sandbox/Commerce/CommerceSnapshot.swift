public import Foundation

/// What the simulated shop holds at one moment.
public struct CommerceSnapshot: Sendable {
    public struct Order: Sendable, Equatable {
        public let entityID: Int
        public let incrementID: String
        public let storeID: Int
        public let state: String
        public let status: String
        /// The ERP's number, once written back.
        public let extOrderID: String?
        public let currency: String
        public let grandTotal: Decimal
        public let totalInvoiced: Decimal
        public let totalDue: Decimal
        public let items: [Item]
        public let comments: [String]
        public let invoiceIDs: [Int]
    }

    public struct Item: Sendable, Equatable {
        public let itemID: Int
        public let parentItemID: Int?
        public let productType: String
        public let sku: String
        public let quantityOrdered: Decimal
        public let quantityInvoiced: Decimal
        public let quantityShipped: Decimal
        public let quantityCanceled: Decimal
        public let rowTotal: Decimal
    }

    public struct Invoice: Sendable, Equatable {
        public let entityID: Int
        public let incrementID: String
        public let orderID: Int
        public let grandTotal: Decimal
        public let shippingAmount: Decimal
        /// Quantity by order row.
        public let quantities: [Int: Decimal]
        public let isPaid: Bool
        public let comment: String?
    }

    public let orders: [Order]
    public let invoices: [Invoice]

    public func order(incrementID: String) -> Order? { orders.first { $0.incrementID == incrementID } }
}

extension CommerceSnapshot.Order {
    init(_ order: CommerceOrder) {
        self.init(
            entityID: order.entityID, incrementID: order.incrementID, storeID: order.placed.storeID,
            state: order.state, status: order.status, extOrderID: order.extOrderID,
            currency: order.placed.currency, grandTotal: order.amounts.grandTotal,
            totalInvoiced: order.amounts.invoiced, totalDue: order.amounts.due,
            items: order.items.map { item in
                CommerceSnapshot.Item(
                    itemID: item.itemID, parentItemID: item.parentItemID, productType: item.productType,
                    sku: item.sku, quantityOrdered: item.quantity, quantityInvoiced: item.quantityInvoiced,
                    quantityShipped: item.quantityShipped, quantityCanceled: item.quantityCanceled,
                    rowTotal: item.amounts.rowTotal)
            },
            comments: order.comments.compactMap(\.text), invoiceIDs: order.invoiceIDs)
    }
}

extension CommerceSnapshot.Invoice {
    init(_ invoice: CommerceInvoice) {
        self.init(
            entityID: invoice.entityID, incrementID: invoice.incrementID, orderID: invoice.orderID,
            grandTotal: invoice.totals.grandTotal, shippingAmount: invoice.totals.shipping,
            quantities: Dictionary(invoice.items.map { ($0.orderItemID, $0.quantity) }, uniquingKeysWith: +),
            isPaid: invoice.state == 2, comment: invoice.comment)
    }
}
