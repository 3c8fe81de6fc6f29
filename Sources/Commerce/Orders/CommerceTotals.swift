public import Foundation

/// An order's amounts in one currency.
public struct CommerceTotals: Sendable, Equatable {
    /// The lines before discount, without tax.
    public var subtotal: Decimal
    public var subtotalInclTax: Decimal?
    /// Zero or negative, unlike a line's discount.
    public var discountAmount: Decimal
    /// Tax that the lines' discount hides where catalog prices include tax.
    public var discountTaxCompensationAmount: Decimal
    public var shippingAmount: Decimal
    public var shippingInclTax: Decimal?
    public var shippingTaxAmount: Decimal
    /// The part of the discount that was given on shipping; positive.
    public var shippingDiscountAmount: Decimal
    /// Tax that shipping's part of the discount hides where shipping prices include tax.
    public var shippingDiscountTaxCompensationAmount: Decimal
    /// On lines and shipping together.
    public var taxAmount: Decimal
    public var grandTotal: Decimal
    /// Paid with gift cards; positive.
    public var giftCardsAmount: Decimal
    /// Paid with store credit; positive.
    public var customerBalanceAmount: Decimal
    /// Paid with reward points; positive.
    public var rewardCurrencyAmount: Decimal
    /// Gift wrapping of the order, its lines and the printed card, without tax.
    public var giftWrappingAmount: Decimal

    public init(
        subtotal: Decimal, subtotalInclTax: Decimal? = nil, discountAmount: Decimal = 0,
        discountTaxCompensationAmount: Decimal = 0, shippingAmount: Decimal = 0, shippingInclTax: Decimal? = nil,
        shippingTaxAmount: Decimal = 0, shippingDiscountAmount: Decimal = 0,
        shippingDiscountTaxCompensationAmount: Decimal = 0, taxAmount: Decimal = 0, grandTotal: Decimal,
        giftCardsAmount: Decimal = 0, customerBalanceAmount: Decimal = 0,
        rewardCurrencyAmount: Decimal = 0, giftWrappingAmount: Decimal = 0
    ) {
        self.subtotal = subtotal
        self.subtotalInclTax = subtotalInclTax
        self.discountAmount = discountAmount
        self.discountTaxCompensationAmount = discountTaxCompensationAmount
        self.shippingAmount = shippingAmount
        self.shippingInclTax = shippingInclTax
        self.shippingTaxAmount = shippingTaxAmount
        self.shippingDiscountAmount = shippingDiscountAmount
        self.shippingDiscountTaxCompensationAmount = shippingDiscountTaxCompensationAmount
        self.taxAmount = taxAmount
        self.grandTotal = grandTotal
        self.giftCardsAmount = giftCardsAmount
        self.customerBalanceAmount = customerBalanceAmount
        self.rewardCurrencyAmount = rewardCurrencyAmount
        self.giftWrappingAmount = giftWrappingAmount
    }

    /// What the parts add up to. Equal to `grandTotal` unless an extension adds amounts of its own.
    public var sumOfParts: Decimal {
        subtotal + discountAmount + discountTaxCompensationAmount + shippingAmount
            + shippingDiscountTaxCompensationAmount + taxAmount + giftWrappingAmount - giftCardsAmount
            - customerBalanceAmount - rewardCurrencyAmount
    }
}
