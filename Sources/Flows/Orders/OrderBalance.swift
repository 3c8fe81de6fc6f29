import Commerce
import Foundation
import Relay

/// Whether an order's amounts agree with each other, to the cent and in both currencies: what does not add up in the
/// shop must not become a sales order that adds up to something else.
enum OrderBalance {
    /// - Throws: A `Verdict` that parks, with the difference.
    static func check(_ order: CommerceOrder, _ lines: [OrderLine], _ fees: [OrderFee]) throws(Verdict) {
        try check(
            order, order.totals, order.currencies.order, lines.map(LineMoney.init), fees: fees.map(\.amount))
        guard let base = order.currencies.base, base != order.currencies.order else { return }
        // A payload that leaves the rows' base amounts out still has those of the order.
        let rows = lines.compactMap { $0.base.map { LineMoney($0) } }
        try check(
            order, order.baseTotals, base, rows.count == lines.count ? rows : nil,
            fees: fees.map { $0.baseAmount ?? 0 })
    }

    private static func check(
        _ order: CommerceOrder, _ totals: CommerceTotals, _ currency: String, _ rows: [LineMoney]?, fees: [Decimal]
    ) throws(Verdict) {
        let places = minorUnits(of: currency)
        func compare(_ what: String, _ found: Decimal, _ field: String, _ expected: Decimal) throws(Verdict) {
            let difference = found.rounded(places: places) - expected.rounded(places: places)
            guard difference != 0 else { return }
            throw .sumsDiffer(
                order, what, found.rounded(places: 4), field, expected.rounded(places: 4), currency, difference)
        }
        if let rows {
            try compare("the rows", rows.reduce(0) { $0 + $1.row }, "subtotal", totals.subtotal)
            let discounts = rows.reduce(totals.shippingDiscountAmount) { $0 + $1.discount }
            try compare("the discounts of rows and shipping", discounts, "discount_amount", -totals.discountAmount)
            let hidden = rows.reduce(0) { $0 + $1.compensation }
            try compare(
                "the rows' discount_tax_compensation_amount", hidden, "discount_tax_compensation_amount",
                totals.discountTaxCompensationAmount)
        }
        let sum = totals.sumOfParts + fees.reduce(0, +)
        try compare("the parts", sum, "grand_total", totals.grandTotal)
    }

    /// Where prices are told with tax, each line's tax is among them.
    static func checkTax(
        _ order: CommerceOrder, _ lines: [SalesOrderLineDraft], _ amounts: OrderAmounts
    ) throws(Verdict) {
        let hasShipping = lines.contains { $0.kind == .shipping }
        let tax = lines.reduce(hasShipping ? 0 : amounts.totals.shippingTaxAmount) { $0 + $1.money.tax }
        let places = minorUnits(of: amounts.currency)
        let difference = tax.rounded(places: places) - amounts.totals.taxAmount.rounded(places: places)
        guard difference != 0 else { return }
        throw .sumsDiffer(
            order, "the taxes of rows and shipping", tax, "tax_amount", amounts.totals.taxAmount, amounts.currency,
            difference)
    }

    /// Commerce keeps two decimal places of every currency, three where the currency has them (ISO 4217).
    private static func minorUnits(of currency: String) -> Int {
        ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"].contains(currency.uppercased()) ? 3 : 2
    }
}

extension Verdict {
    fileprivate static func sumsDiffer(
        _ order: CommerceOrder, _ what: String, _ found: Decimal, _ field: String, _ expected: Decimal,
        _ currency: String, _ difference: Decimal
    ) -> Verdict {
        .park(
            "sums-differ",
            "Order \(order.incrementID): \(what) come to \(found) \(currency), \(field) is \(expected) \(currency): a "
                + "difference of \(difference) \(currency).",
            advice:
                "Look for an amount that an extension adds, or that the webhook's fields leave out. A surcharge can "
                + "be named under orders.fees; otherwise correct the order and send it again.")
    }
}
