import Dynamics
import Foundation
import JSON
import Relay

/// What of an invoice belongs to one sales order; an invoice may sum up several.
struct InvoicedOrder: Sendable, Equatable {
    var salesOrder: String
    var lines: [ItemMatch.Line]

    /// - Parameter property: Of the lines, which names the sales order.
    /// - Returns: One for each sales order, in the sequence of the lines.
    static func split(_ rows: [OpenRow], by property: String, invoice: String) throws(Verdict) -> [InvoicedOrder] {
        var orders: [InvoicedOrder] = []
        for row in rows.sorted(by: { $0.sequence < $1.sequence }) {
            guard let number = row.fields[property]?.word else {
                throw .park(
                    "summary-invoice", "A line of invoice \(invoice) has no \(property): its order is not known.",
                    advice:
                        "Name the right property under invoices.orderProperty, or record this invoice in Commerce "
                        + "by hand and skip the event.")
            }
            let line = ItemMatch.Line(
                productNumber: row.fields["ProductNumber"]?.word ?? "",
                quantity: row.fields["InvoicedQuantity"]?.numberValue ?? 0,
                // Its place in the invoice says nothing about its place in one of several orders.
                sequence: 0)
            if let index = orders.firstIndex(where: { $0.salesOrder == number }) {
                orders[index].lines.append(line)
            } else {
                orders.append(InvoicedOrder(salesOrder: number, lines: [line]))
            }
        }
        return orders
    }
}

extension OpenRow {
    fileprivate var sequence: Decimal { fields["LineCreationSequenceNumber"]?.numberValue ?? 0 }
}
