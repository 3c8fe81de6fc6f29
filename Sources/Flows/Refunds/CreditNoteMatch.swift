import Commerce
import Dynamics
import Foundation
import Relay

/// Which items of a Commerce order a credit note of F&O gives back, and how much money beside them.
struct CreditNoteMatch: Sendable {
    struct Line: Sendable, Equatable {
        var productNumber: String
        /// Below zero: what comes back.
        var quantity: Decimal
        /// Without tax; below zero: what is given back.
        var amount: Decimal
        var tax: Decimal

        init(productNumber: String, quantity: Decimal, amount: Decimal, tax: Decimal = 0) {
            self.productNumber = productNumber
            self.quantity = quantity
            self.amount = amount
            self.tax = tax
        }

        init(_ row: SalesInvoiceLineRow) {
            self.init(
                productNumber: row.ProductNumber ?? "", quantity: row.InvoicedQuantity, amount: row.LineAmount ?? 0,
                tax: row.LineTotalTaxAmount ?? 0)
        }
    }

    let order: CommerceOrder
    let number: String
    /// Products in F&O that stand for shipping.
    let shippingItems: Set<String>
    /// Products that stand for money on top and for fees.
    let moneyItems: Set<String>

    /// How many of each order item are given back.
    /// - Parameters:
    ///   - invoiced: Quantities that the shop has invoiced, by order item.
    ///   - refunded: Quantities that it has given back before.
    /// - Throws: `Verdict`: parks what fits no item; tries again while the shop has not invoiced it.
    func items(
        _ lines: [Line], invoiced: [Int: Decimal], refunded: [Int: Decimal]
    ) throws -> [RefundPlan.Item] {
        let orderLines = try exportLines(of: order)
        var open = orderLines.map { $0.quantity - ($0.itemID.flatMap { refunded[$0] } ?? 0) }
        var taken = orderLines.map { _ in Decimal(0) }
        for line in lines where line.quantity < 0 && !isCharge(line) {
            let candidates = orderLines.indices.filter { orderLines[$0].sku == line.productNumber }
            guard !candidates.isEmpty else { throw unknownProduct(line.productNumber) }
            var left = -line.quantity
            for index in candidates where left > 0 {
                let part = min(left, open[index])
                open[index] -= part
                taken[index] += part
                left -= part
            }
            guard left == 0 else { throw tooMuch(left, line.productNumber) }
        }
        if let added = lines.first(where: { $0.quantity > 0 && !isCharge($0) }) { throw mixed(added) }
        return try orderLines.indices.filter { taken[$0] > 0 }.map { index in
            guard let id = orderLines[index].itemID else { throw unknownProduct(orderLines[index].sku) }
            let available = (invoiced[id] ?? 0) - (refunded[id] ?? 0)
            guard taken[index] <= available else { throw notInvoiced(orderLines[index].sku, available) }
            return RefundPlan.Item(id: id, quantity: taken[index])
        }
    }

    /// Of shipping, without tax.
    func shipping(_ lines: [Line]) -> Decimal {
        -lines.filter { shippingItems.contains($0.productNumber) }.reduce(0) { $0 + $1.amount }
    }

    /// Money without goods, with tax: above zero on top, below zero a fee.
    func money(_ lines: [Line]) -> Decimal {
        -lines.filter { moneyItems.contains($0.productNumber) }.reduce(0) { $0 + $1.amount + $1.tax }
    }

    /// What Commerce will give back for these items and this shipping, with tax: each row's share, to the cent.
    func expected(_ items: [RefundPlan.Item], shipping: Decimal) throws -> Decimal {
        let lines = try exportLines(of: order)
        var sum = Decimal(0)
        for item in items {
            guard let line = lines.first(where: { $0.itemID == item.id }) else { continue }
            let row = line.rowTotal - line.discountAmount + line.discountTaxCompensationAmount + line.taxAmount
            sum += (row * item.quantity / line.quantity).rounded(places: 2)
        }
        guard shipping != 0, order.totals.shippingAmount != 0 else { return sum }
        let tax = order.totals.shippingTaxAmount * shipping / order.totals.shippingAmount
        return sum + shipping + tax.rounded(places: 2)
    }

    private func isCharge(_ line: Line) -> Bool {
        shippingItems.contains(line.productNumber) || moneyItems.contains(line.productNumber)
    }

    private func unknownProduct(_ product: String) -> Verdict {
        .park(
            "refund-of-unknown-product",
            "Credit note \(number) credits \(product), which order \(order.incrementID) does not have.",
            advice: "Give the money back in Commerce by hand and skip the event, or correct it in F&O.")
    }

    private func tooMuch(_ left: Decimal, _ product: String) -> Verdict {
        .park(
            "refund-exceeds-order",
            "Credit note \(number) credits \(left) more of \(product) than order \(order.incrementID) has left.",
            advice: "Look whether it was given back in Commerce before; if so, skip the event.")
    }

    private func mixed(_ line: Line) -> Verdict {
        .park(
            "mixed-credit-note", "Credit note \(number) also invoices \(line.quantity) of \(line.productNumber).",
            advice: "Record both in Commerce by hand, then skip the event.")
    }

    private func notInvoiced(_ sku: String, _ available: Decimal) -> Verdict {
        .retry(
            "refund-before-invoice",
            "Credit note \(number) credits \(sku), of which Commerce has \(available) invoiced and not given back.",
            advice: "Look at the invoices of order \(order.incrementID): the shop has to have invoiced it first.")
    }
}
