import Foundation
import JSON

/// One invoice for several orders. Its header names none of them.
extension DynamicsBooks {
    /// Invoices all that is left of each order.
    mutating func postSummaryInvoice(
        salesOrders: [String], dataAreaId area: String, at date: Date
    ) throws(SandboxError) -> PostedInvoice {
        var parts: [(order: Int, line: Int, quantity: Decimal)] = []
        for salesOrder in salesOrders {
            let position = try orderPosition(salesOrder, area)
            parts += try invoicedParts(orders.rows[position], nil).map { (position, $0.line, $0.quantity) }
        }
        guard let first = parts.first else {
            throw .nothingToInvoice(salesOrder: salesOrders.joined(separator: ", "))
        }
        let number = nextNumber("CIV", dataAreaId: area)
        let keys: JSONObject = [
            "dataAreaId": .string(area), "InvoiceNumber": .string(number),
            "InvoiceDate": .string(TimeText(date).odataNoon), "LedgerVoucher": .string("\(number)-V"),
        ]
        var (net, tax) = (Decimal(0), Decimal(0))
        for (index, part) in parts.enumerated() {
            let (line, order) = (lines.rows[part.line], orders.rows[part.order])
            let amount = (line.number("LineAmount") * part.quantity / line.number("OrderedSalesQuantity")).cents
            let lineTax = salesTax(on: amount, area, isIncluded: order.text("ArePricesIncludingSalesTax") == "Yes")
            net += amount
            tax += lineTax
            var fields = invoiceLine(keys, line, part.quantity, amount, tax: lineTax, sequence: index + 1)
            fields["OriginalSalesOrderNumber"] = .string(order.text("SalesOrderNumber"))
            _ = invoiceLines.insert(fields, recordID: nextRecordID())
            invoicedQuantities["\(area) \(line.text("InventoryLotId"))", default: 0] += part.quantity
        }
        let order = orders.rows[first.order]
        var header = invoiceHeader(keys, order, total: net + tax, tax: tax)
        for name in ["SalesOrderNumber", "CustomersOrderReference"] { header[name] = "" }
        _ = invoices.insert(header, recordID: nextRecordID())
        for position in Set(parts.map(\.order)) { markInvoiced(position, area) }
        return PostedInvoice(
            number: number, dataAreaId: area, salesOrder: "",
            invoiceAccount: order.text("InvoiceCustomerAccountNumber"),
            date: date, amount: net + tax, tax: tax)
    }
}
