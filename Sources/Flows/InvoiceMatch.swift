import Commerce
import Dynamics
import Foundation
import Relay

/// Which items of a Commerce order an F&O invoice covers. Invoice lines carry neither an item number of Commerce nor
/// the order line's id, so they are matched by product and sequence.
enum InvoiceMatch {
    struct Line: Sendable, Equatable {
        var productNumber: String
        var quantity: Decimal
        /// F&O's `LineCreationSequenceNumber`: the order line's number if the line was created by Causeway.
        var sequence: Int

        init(productNumber: String, quantity: Decimal, sequence: Int) {
            self.productNumber = productNumber
            self.quantity = quantity
            self.sequence = sequence
        }

        init(_ row: SalesInvoiceLineRow) {
            self.init(
                productNumber: row.ProductNumber ?? "", quantity: row.InvoicedQuantity,
                sequence: Int(clamping: row.LineCreationSequenceNumber))
        }
    }

    /// - Parameter charges: Products that stand for shipping and the like; Commerce invoices these by itself.
    /// - Returns: Order items with the quantities to invoice, in the order's sequence.
    /// - Throws: `Verdict`: skips credit notes, parks what fits no item.
    static func items(
        of order: CommerceOrder, invoicedBy lines: [Line], charges: Set<String>, invoiceNumber: String
    ) throws -> [InvoicedItem] {
        guard !lines.contains(where: { $0.quantity < 0 }) else {
            throw Verdict.skip("credit-note", "\(invoiceNumber) has negative quantities: it is a credit note.")
        }
        let orderLines = try exportLines(of: order)
        var open = orderLines.map(\.quantity)
        var invoiced = orderLines.map { _ in Decimal(0) }

        for line in lines where line.quantity > 0 && !charges.contains(line.productNumber) {
            let candidates = orderLines.indices.filter { orderLines[$0].sku == line.productNumber }
            guard !candidates.isEmpty else {
                throw Verdict.park(
                    "invoice-of-unknown-product",
                    "\(invoiceNumber) invoices \(line.productNumber), which order \(order.incrementID) does not have.",
                    advice: "Record this invoice in Commerce by hand and skip the event, or correct it in F&O.")
            }
            // The line with the same number first: one product may stand on several lines.
            let sorted = candidates.sorted {
                (orderLines[$0].number == line.sequence ? 0 : 1, $0)
                    < (orderLines[$1].number == line.sequence ? 0 : 1, $1)
            }
            var left = line.quantity
            for index in sorted where left > 0 {
                let taken = min(left, open[index])
                open[index] -= taken
                invoiced[index] += taken
                left -= taken
            }
            guard left == 0 else {
                throw Verdict.park(
                    "invoice-exceeds-order",
                    "\(invoiceNumber) invoices \(left) more of \(line.productNumber) than order "
                        + "\(order.incrementID) has.",
                    advice: "Correct the order or the invoice in F&O; what Commerce has not sold it cannot invoice.")
            }
        }

        let items = try orderLines.indices.filter { invoiced[$0] > 0 }.map { index in
            guard let id = orderLines[index].itemID else {
                throw Verdict.park(
                    "order-item-without-id", "Order \(order.incrementID) has no item_id for \(orderLines[index].sku)."
                )
            }
            return InvoicedItem(orderItemID: id, qty: invoiced[index])
        }
        guard !items.isEmpty else {
            throw Verdict.skip(
                "only-charges", "\(invoiceNumber) has no line for an item of order \(order.incrementID).")
        }
        return items
    }
}
