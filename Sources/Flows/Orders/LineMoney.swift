import Commerce
import Foundation

/// A row's amounts in the currency of the sales order, as Commerce counts them: of the row, without tax unless said.
struct LineMoney: Sendable, Equatable {
    /// Before discount.
    var row: Decimal
    /// Before discount, with tax; `nil` where nobody says.
    var rowInclTax: Decimal?
    /// Zero or positive; with tax where catalog prices have it.
    var discount: Decimal
    /// The tax within the discount.
    var compensation: Decimal
    /// After discount.
    var tax: Decimal

    /// After discount, without tax.
    var net: Decimal { row - discount + compensation }

    /// Of each amount four decimal places count: those that Commerce keeps.
    init(row: Decimal, rowInclTax: Decimal? = nil, discount: Decimal = 0, compensation: Decimal = 0, tax: Decimal = 0)
    {
        self.row = row.rounded(places: 4)
        self.rowInclTax = rowInclTax?.rounded(places: 4)
        self.discount = discount.rounded(places: 4)
        self.compensation = compensation.rounded(places: 4)
        self.tax = tax.rounded(places: 4)
    }

    init(_ line: OrderLine) {
        self.init(
            row: line.rowTotal, rowInclTax: line.rowTotalInclTax, discount: line.discountAmount,
            compensation: line.discountTaxCompensationAmount, tax: line.taxAmount)
    }

    init(_ base: CommerceOrderItem.BaseAmounts) {
        self.init(
            row: base.rowTotal, rowInclTax: base.rowTotalInclTax, discount: base.discountAmount,
            compensation: base.discountTaxCompensationAmount, tax: base.taxAmount)
    }

    /// Shipping as a row.
    init(shippingOf totals: CommerceTotals) {
        self.init(
            row: totals.shippingAmount, rowInclTax: totals.shippingInclTax, discount: totals.shippingDiscountAmount,
            compensation: totals.shippingDiscountTaxCompensationAmount, tax: totals.shippingTaxAmount)
    }

    /// What F&O is to come to (`LineAmount`), and the amount before discount that it starts from.
    func told(withTax: Bool) -> (before: Decimal, after: Decimal) {
        guard withTax else { return (row, net) }
        let after = net + tax
        return (rowInclTax ?? after + discount, after)
    }
}
