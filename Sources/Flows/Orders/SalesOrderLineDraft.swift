import Commerce
import Foundation
import JSON
import Relay

/// One line as F&O calculates it: `LineAmount = quantity × (SalesPrice − LineDiscountAmount)`; the discount is of
/// one unit there. In Commerce it is of the whole row, and includes tax where catalog prices do.
struct SalesOrderLineDraft: Sendable, Equatable {
    /// What a line stands for.
    enum Kind: String, Sendable {
        case item, shipping, giftWrapping, fee
        /// Something that was paid with: the line lowers the sum.
        case payment
    }

    var number: Int
    var kind: Kind
    /// The article that leaves the warehouse, or the service item for a charge.
    var sku: String
    var name: String
    /// −1 for what lowers the sum: F&O has no negative prices, but lines of goods that come back.
    var quantity: Decimal
    var money: LineMoney
    /// 20 for 20 %.
    var taxPercent: Decimal
    /// Before discount.
    var unitPrice: Decimal
    var unitDiscount: Decimal
    /// What `LineAmount` should come to.
    var amount: Decimal
    /// Which of the order's items it is, from 0; `nil` for charges.
    var position: Int?

    /// Decimal places of a unit's price and discount when a row's amount does not divide evenly.
    static let unitPlaces = 6

    /// - Parameter withTax: Whether price and discount include tax.
    init(item line: OrderLine, money: LineMoney, withTax: Bool) {
        self.init(.item, line.sku, line.name, quantity: line.quantity, money, line.taxPercent, withTax: withTax)
        number = line.number
        position = line.position
    }

    /// A charge: quantity 1, or −1 where the amount is below 0.
    init(_ kind: Kind, item: String, name: String, _ money: LineMoney, taxPercent: Decimal = 0, withTax: Bool) {
        let sign: Decimal = money.row < 0 ? -1 : 1
        self.init(kind, item, name, quantity: sign, money, taxPercent, withTax: withTax)
    }

    private init(
        _ kind: Kind, _ sku: String, _ name: String, quantity: Decimal, _ money: LineMoney, _ taxPercent: Decimal,
        withTax: Bool
    ) {
        number = 0
        self.kind = kind
        self.sku = sku
        self.name = name
        self.quantity = quantity
        self.money = money
        self.taxPercent = taxPercent
        let (before, after) = money.told(withTax: withTax)
        unitPrice = (before / quantity).rounded(places: Self.unitPlaces)
        unitDiscount = ((before - after) / quantity).rounded(places: Self.unitPlaces)
        amount = after
    }
}
