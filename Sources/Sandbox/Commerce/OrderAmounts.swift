import Foundation

/// The amounts of one row in one currency.
struct RowAmounts: Sendable, Equatable {
    var price: Decimal = 0
    var rowTotal: Decimal = 0
    /// Positive.
    var discount: Decimal = 0
    var tax: Decimal = 0
    var priceInclTax: Decimal = 0
    var rowTotalInclTax: Decimal = 0
    var rowInvoiced: Decimal = 0
    var discountInvoiced: Decimal = 0
    var taxInvoiced: Decimal = 0
    var rowRefunded: Decimal = 0
    var discountRefunded: Decimal = 0
    var taxRefunded: Decimal = 0

    /// A row without money: the half of a pair that only names a product.
    static let none = RowAmounts()

    /// Tax is worked out on the discounted row, and each row rounded by itself, so that rows add up to the total.
    init(price: Decimal, quantity: Decimal, taxPercent: Decimal, discountPercent: Decimal) {
        self.price = price.cents
        rowTotal = (self.price * quantity).cents
        discount = (rowTotal * discountPercent / 100).cents
        tax = ((rowTotal - discount) * taxPercent / 100).cents
        priceInclTax = (self.price * (100 + taxPercent) / 100).cents
        rowTotalInclTax = (rowTotal * (100 + taxPercent) / 100).cents
    }

    private init() {}
}

/// The amounts of an order in one currency. `grandTotal` is exactly
/// `subtotal - discount + shipping + tax`, where `tax` includes the tax on shipping.
struct OrderAmounts: Sendable, Equatable {
    let subtotal: Decimal
    let subtotalInclTax: Decimal
    /// Positive; Commerce writes it with a minus sign on orders.
    let discount: Decimal
    let shipping: Decimal
    let shippingTax: Decimal
    let tax: Decimal
    var invoiced: Decimal = 0
    var paid: Decimal = 0
    var refunded: Decimal = 0
    /// Without tax.
    var shippingRefunded: Decimal = 0

    init(rows: [RowAmounts], shipping: Decimal, taxPercent: Decimal) {
        self.shipping = shipping.cents
        shippingTax = (self.shipping * taxPercent / 100).cents
        subtotal = rows.reduce(0) { $0 + $1.rowTotal }
        subtotalInclTax = rows.reduce(0) { $0 + $1.rowTotalInclTax }
        discount = rows.reduce(0) { $0 + $1.discount }
        tax = rows.reduce(shippingTax) { $0 + $1.tax }
    }

    var shippingInclTax: Decimal { shipping + shippingTax }
    var grandTotal: Decimal { subtotal - discount + shipping + tax }
    var due: Decimal { grandTotal - paid }
}
