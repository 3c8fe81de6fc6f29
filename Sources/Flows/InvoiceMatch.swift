import Commerce
import Dynamics
import Foundation
import Relay

/// Which items of a Commerce order an F&O invoice covers.
enum InvoiceMatch {
    typealias Line = ItemMatch.Line

    /// - Parameters:
    ///   - charges: Products that stand for shipping and the like; Commerce invoices these by itself.
    ///   - isSame: Whether a product of the invoice is the SKU of the order.
    /// - Returns: Order items with the quantities to invoice, in the order's sequence.
    /// - Throws: `Verdict`: skips credit notes, parks what fits no item.
    static func items(
        of order: CommerceOrder, invoicedBy lines: [Line], charges: Set<String>, invoiceNumber: String,
        isSame: (_ product: String, _ sku: String) -> Bool = { $0 == $1 }
    ) throws -> [InvoicedItem] {
        guard !lines.contains(where: { $0.quantity < 0 }) else {
            throw Verdict.skip("credit-note", "\(invoiceNumber) has negative quantities: it is a credit note.")
        }
        let orderLines = try exportLines(of: order)
        let items = Dictionary(
            order.items.compactMap { item in item.itemID.map { ($0, item) } }, uniquingKeysWith: { first, _ in first }
        )
        let candidates = orderLines.map { line in
            let done = line.itemID.flatMap { items[$0] }.map { $0.qtyInvoiced + $0.qtyCanceled } ?? 0
            return ItemMatch.Candidate(sku: line.sku, number: line.number, open: line.quantity - done)
        }
        let invoiced: [Decimal]
        do throws(ItemMatch.Misfit) {
            invoiced = try ItemMatch.quantities(
                of: candidates,
                coveredBy: lines.filter { $0.quantity > 0 && !charges.contains($0.productNumber) }, isSame: isSame)
        } catch {
            throw verdict(error, order, invoiceNumber)
        }
        let found = try orderLines.indices.filter { invoiced[$0] > 0 }.map { index in
            guard let id = orderLines[index].itemID else { throw Verdict.itemWithoutID(orderLines[index], of: order) }
            return InvoicedItem(orderItemID: id, qty: invoiced[index])
        }
        guard !found.isEmpty else {
            throw Verdict.skip(
                "only-charges", "\(invoiceNumber) has no line for an item of order \(order.incrementID).")
        }
        return found
    }

    private static func verdict(_ misfit: ItemMatch.Misfit, _ order: CommerceOrder, _ number: String) -> Verdict {
        switch misfit {
        case .unknownProduct(let product):
            .park(
                "invoice-of-unknown-product",
                "\(number) invoices \(product), which order \(order.incrementID) does not have.",
                advice: "Record this invoice in Commerce by hand and skip the event, or correct it in F&O.")
        case .tooMany(let product, let left):
            .park(
                "invoice-exceeds-order",
                "\(number) invoices \(left) more of \(product) than order \(order.incrementID) has left.",
                advice: "Correct the order or the invoice in F&O; what Commerce has not sold it cannot invoice.")
        }
    }
}

extension ItemMatch.Line {
    init(_ row: SalesInvoiceLineRow) {
        self.init(
            productNumber: row.ProductNumber ?? "", quantity: row.InvoicedQuantity,
            sequence: Int(clamping: row.LineCreationSequenceNumber))
    }
}

extension Verdict {
    static func itemWithoutID(_ line: OrderLine, of order: CommerceOrder) -> Verdict {
        .park("order-item-without-id", "Order \(order.incrementID) has no item_id for \(line.sku).")
    }
}
