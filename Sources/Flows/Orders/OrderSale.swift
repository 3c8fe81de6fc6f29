import Commerce
import Foundation
import Relay

/// What an order sells, line by line, in the currency of the sales order: every amount in its place, and all of them
/// together what the shop says.
struct OrderSale: Sendable {
    /// ISO 4217.
    let currency: String
    private(set) var lines: [SalesOrderLineDraft] = []
    /// What the lines should come to in F&O.
    var sum: Decimal { lines.reduce(0) { $0 + $1.amount } }
    /// The same with tax, however the lines are told.
    let sumInclTax: Decimal

    /// - Throws: `OrderLinesError`, or a `Verdict` that parks what does not add up or has no place.
    init(_ order: CommerceOrder, money: OrderMoney, shipping: Shipping) throws {
        let goods = try exportLines(of: order)
        let fees = OrderFee.fees(of: order, fields: money.fees.keys)
        try OrderBalance.check(order, goods, fees)
        let amounts = try OrderAmounts(order, in: money.currency)
        currency = amounts.currency
        var charges = try OrderCharges(order, money, amounts).lines(fees)
        if case .item(let item) = shipping, amounts.totals.shippingAmount != 0 {
            let money = LineMoney(shippingOf: amounts.totals)
            charges.insert((.shipping, item, order.shipping.description ?? "Shipping", money), at: 0)
        }
        let withTax = money.pricesIncludeTax
        lines = try goods.map { line in
            guard line.quantity > 0 else {
                throw Verdict.park(
                    "line-without-quantity",
                    "Order \(order.incrementID): \(line.sku) has quantity \(line.quantity); expected more than 0.",
                    advice: "Correct the order in Commerce and send it again.")
            }
            return SalesOrderLineDraft(item: line, money: try amounts.money(of: line), withTax: withTax)
        }
        lines += charges.map {
            SalesOrderLineDraft($0.kind, item: $0.item, name: $0.name, $0.money, withTax: withTax)
        }
        for index in lines.indices { lines[index].number = index + 1 }
        sumInclTax = lines.reduce(0) { $0 + $1.money.net + $1.money.tax }
        if withTax { try OrderBalance.checkTax(order, lines, amounts) }
    }
}

/// An order's amounts in one of its currencies.
struct OrderAmounts: Sendable {
    /// ISO 4217.
    let currency: String
    let totals: CommerceTotals
    let isBase: Bool
    private let order: String

    /// - Throws: A `Verdict` that parks an order which does not name its base currency, where that is wanted.
    init(_ order: CommerceOrder, in wanted: OrderMoney.Currency) throws {
        self.order = order.incrementID
        switch wanted {
        case .order:
            (currency, totals, isBase) = (order.currencies.order, order.totals, false)
        case .base:
            guard let base = order.currencies.base else {
                throw Verdict.park(
                    "no-base-currency",
                    "Order \(order.incrementID) has no base_currency_code; sales orders are in the base currency.",
                    advice: "Send the whole order from Commerce, or set orders.currency to order.")
            }
            (currency, totals, isBase) = (base, order.baseTotals, base != order.currencies.order)
        }
    }

    func money(of line: OrderLine) throws -> LineMoney {
        guard isBase else { return LineMoney(line) }
        guard let base = line.base else {
            throw Verdict.park(
                "no-base-amounts",
                "Order \(order): \(line.sku) has no base_row_total; sales orders are in the base currency.",
                advice: "Send the whole order from Commerce, or set orders.currency to order.")
        }
        return LineMoney(base)
    }

    func amount(_ fee: OrderFee) throws -> Decimal {
        guard isBase else { return fee.amount }
        guard let amount = fee.baseAmount else {
            throw Verdict.park(
                "no-base-amounts",
                "Order \(order): \(fee.name) has no base amount; sales orders are in the base currency.",
                advice: "Send the whole order from Commerce, or set orders.currency to order.")
        }
        return amount
    }
}
