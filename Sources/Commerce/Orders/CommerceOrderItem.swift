public import Foundation

/// A row of `sales_order_item`. A configurable product and a bundle are several rows: a parent and its children.
public struct CommerceOrderItem: Sendable, Equatable {
    /// `nil` before the order is saved.
    public var itemID: Int?
    public var parentItemID: Int?
    /// The cart's row that this one came from; known before the order is saved.
    public var quoteItemID: Int?
    /// The cart's row of the parent, as far as the payload tells.
    public var quoteParentItemID: Int?
    /// `simple`, `virtual`, `downloadable`, `grouped`, `configurable`, `bundle`, or an extension's own.
    public var productType: String
    public var sku: String
    public var name: String?
    public var qtyOrdered: Decimal
    public var qtyInvoiced: Decimal
    public var qtyShipped: Decimal
    public var qtyRefunded: Decimal
    public var qtyCanceled: Decimal
    /// Nothing that is shipped.
    public var isVirtual: Bool
    /// Of one, before discount, without tax.
    public var price: Decimal
    public var basePrice: Decimal?
    public var priceInclTax: Decimal?
    /// Before discount, without tax.
    public var rowTotal: Decimal
    public var baseRowTotal: Decimal?
    /// Of the row; zero or positive, unlike the order's.
    public var discountAmount: Decimal
    /// The tax within the row's discount. Not 0 where catalog prices include tax: the discount includes tax there,
    /// and the net row is `rowTotal − discountAmount + discountTaxCompensationAmount`.
    public var discountTaxCompensationAmount: Decimal
    /// 20 for 20 %.
    public var taxPercent: Decimal
    /// Of the row, after discount.
    public var taxAmount: Decimal
    /// Before discount; `nil` where the payload leaves it out.
    public var rowTotalInclTax: Decimal?
    /// In the website's base currency; `nil` where the payload leaves it out or both currencies are one.
    public var base: BaseAmounts?

    /// The row's amounts in the website's base currency; each like the one of the same name.
    public struct BaseAmounts: Sendable, Equatable {
        public var rowTotal: Decimal
        public var rowTotalInclTax: Decimal?
        public var discountAmount: Decimal
        public var discountTaxCompensationAmount: Decimal
        public var taxAmount: Decimal

        public init(
            rowTotal: Decimal, rowTotalInclTax: Decimal? = nil, discountAmount: Decimal = 0,
            discountTaxCompensationAmount: Decimal = 0, taxAmount: Decimal = 0
        ) {
            self.rowTotal = rowTotal
            self.rowTotalInclTax = rowTotalInclTax
            self.discountAmount = discountAmount
            self.discountTaxCompensationAmount = discountTaxCompensationAmount
            self.taxAmount = taxAmount
        }
    }

    public init(
        itemID: Int? = nil, parentItemID: Int? = nil, quoteItemID: Int? = nil, quoteParentItemID: Int? = nil,
        productType: String = "simple", sku: String, name: String? = nil, qtyOrdered: Decimal,
        qtyInvoiced: Decimal = 0, qtyShipped: Decimal = 0, qtyRefunded: Decimal = 0, qtyCanceled: Decimal = 0,
        isVirtual: Bool = false, price: Decimal = 0, basePrice: Decimal? = nil, priceInclTax: Decimal? = nil,
        rowTotal: Decimal = 0,
        baseRowTotal: Decimal? = nil, discountAmount: Decimal = 0,
        discountTaxCompensationAmount: Decimal = 0, taxPercent: Decimal = 0, taxAmount: Decimal = 0
    ) {
        self.itemID = itemID
        self.parentItemID = parentItemID
        self.quoteItemID = quoteItemID
        self.quoteParentItemID = quoteParentItemID
        self.productType = productType
        self.sku = sku
        self.name = name
        self.qtyOrdered = qtyOrdered
        self.qtyInvoiced = qtyInvoiced
        self.qtyShipped = qtyShipped
        self.qtyRefunded = qtyRefunded
        self.qtyCanceled = qtyCanceled
        self.isVirtual = isVirtual
        self.price = price
        self.basePrice = basePrice
        self.priceInclTax = priceInclTax
        self.rowTotal = rowTotal
        self.baseRowTotal = baseRowTotal
        self.discountAmount = discountAmount
        self.discountTaxCompensationAmount = discountTaxCompensationAmount
        self.taxPercent = taxPercent
        self.taxAmount = taxAmount
    }
}
