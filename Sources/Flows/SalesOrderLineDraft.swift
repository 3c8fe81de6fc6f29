import Commerce
import Foundation
import Relay

/// One line as F&O calculates it: `LineAmount = quantity × (SalesPrice − LineDiscountAmount)`; the discount is of
/// one unit and without tax there; in Commerce it is of the whole row, and includes tax where catalog prices do.
struct SalesOrderLineDraft: Sendable, Equatable {
    var number: Int
    var itemNumber: String
    var description: String
    var quantity: Decimal
    var unitPrice: Decimal
    var unitDiscount: Decimal
    /// Of the row, after discount, without tax: what `LineAmount` should come to.
    var net: Decimal

    /// Decimal places of a unit's price and discount when a row's amount does not divide evenly.
    static let unitPlaces = 6

    init(number: Int, itemNumber: String, description: String, quantity: Decimal, row: Decimal, discount: Decimal) {
        self.number = number
        self.itemNumber = itemNumber
        self.description = description
        self.quantity = quantity
        self.unitPrice = (row / quantity).rounded(places: SalesOrderLineDraft.unitPlaces)
        self.unitDiscount = (discount / quantity).rounded(places: SalesOrderLineDraft.unitPlaces)
        self.net = row - discount
    }

    /// - Throws: `OrderLinesError` or `Verdict` if the order's items can't become lines whose money is right.
    static func lines(of order: CommerceOrder, shipping: Shipping) throws -> [SalesOrderLineDraft] {
        var lines = try exportLines(of: order).map { line in
            guard line.quantity > 0 else {
                throw Verdict.park(
                    "line-without-quantity",
                    "Order \(order.incrementID): \(line.sku) has quantity \(line.quantity); expected more than 0.")
            }
            return SalesOrderLineDraft(
                number: line.number, itemNumber: line.sku, description: line.name, quantity: line.quantity,
                row: line.rowTotal, discount: line.discountAmount - line.discountTaxCompensationAmount)
        }
        if case .item(let item) = shipping, order.totals.shippingAmount != 0 {
            lines.append(
                SalesOrderLineDraft(
                    number: lines.count + 1, itemNumber: item,
                    description: order.shipping.description ?? "Shipping", quantity: 1,
                    row: order.totals.shippingAmount,
                    discount: order.totals.shippingDiscountAmount
                        - order.totals.shippingDiscountTaxCompensationAmount))
        }
        return lines
    }
}
