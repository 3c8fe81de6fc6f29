public import Foundation

/// One line of an order as an ERP books it: an article, its quantity and its money.
public struct OrderLine: Sendable, Equatable {
    /// 1 to n, in the order's sequence.
    public var number: Int
    /// The `order_item_id` to invoice: the parent's for configurable and fixed-price bundle products.
    /// `nil` before the order is saved.
    public var itemID: Int?
    /// The article that leaves the warehouse: the child's for configurable products.
    public var sku: String
    /// What the customer bought, as the shop names it.
    public var name: String
    public var quantity: Decimal
    /// Of one, before discount, without tax.
    public var unitPrice: Decimal
    /// Before discount, without tax.
    public var rowTotal: Decimal
    /// Of the row; zero or positive.
    public var discountAmount: Decimal
    /// The tax within the discount, zero or positive: the net row is
    /// `rowTotal − discountAmount + discountTaxCompensationAmount`.
    public var discountTaxCompensationAmount: Decimal
    /// 20 for 20 %.
    public var taxPercent: Decimal
    /// Of the row, after discount.
    public var taxAmount: Decimal
    /// Before discount; `nil` where the payload leaves it out.
    public var rowTotalInclTax: Decimal?
    /// In the website's base currency; `nil` where the payload leaves it out or both currencies are one.
    public var base: CommerceOrderItem.BaseAmounts?
    /// Which of the order's items carries the money, from 0.
    public var position: Int?

    public init(
        number: Int, itemID: Int?, sku: String, name: String, quantity: Decimal, unitPrice: Decimal,
        rowTotal: Decimal, discountAmount: Decimal = 0, discountTaxCompensationAmount: Decimal = 0,
        taxPercent: Decimal = 0, taxAmount: Decimal = 0
    ) {
        self.number = number
        self.itemID = itemID
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.unitPrice = unitPrice
        self.rowTotal = rowTotal
        self.discountAmount = discountAmount
        self.discountTaxCompensationAmount = discountTaxCompensationAmount
        self.taxPercent = taxPercent
        self.taxAmount = taxAmount
    }
}
