import Foundation
import JSON

extension DynamicsBooks {
    /// The goods are back in the warehouse.
    /// - Parameter quantities: By item, above 0; `nil` is all that is expected.
    mutating func receiveReturn(
        _ number: String, _ area: String, _ quantities: [String: Decimal]?, at date: Date
    ) throws(SandboxError) {
        guard let header = returns.headers.position("ReturnOrderNumber", number, dataAreaId: area) else {
            throw .unknownReturnOrder(number: number, dataAreaId: area)
        }
        for position in returnLines(of: number, area) {
            let line = returns.lines.rows[position]
            guard ["Awaiting", "Registered"].contains(line.text("ReturnStatus")) else { continue }
            let expected = -line.number("ReturnSalesQuantity")
            let arrived = quantities.map { $0[line.text("ItemNumber")] ?? 0 } ?? expected
            guard arrived > 0 else { continue }
            returns.lines.update(position) { fields in
                fields["ReturnedSalesQuantity"] = .number(-min(arrived, expected))
                fields["ReturnStatus"] = "Received"
                fields["ActualReturnArrivalDate"] = .string(TimeText(date).odataNoon)
            }
        }
        returns.headers.update(header) {
            $0["ReturnOrderStatus"] = "Open"
            $0["ReturnStatus"] = "Open"
        }
    }

    /// Invoices a return order: an invoice with negative quantities, in F&O's words a credit note.
    mutating func postCreditNote(
        returnOrder number: String, _ area: String, at date: Date
    ) throws(SandboxError) -> PostedInvoice {
        guard let position = returns.headers.position("ReturnOrderNumber", number, dataAreaId: area) else {
            throw .unknownReturnOrder(number: number, dataAreaId: area)
        }
        let open = returnLines(of: number, area).filter { returns.lines.rows[$0].text("ReturnStatus") == "Received" }
        guard !open.isEmpty else { throw .nothingToInvoice(salesOrder: number) }
        let header = returns.headers.rows[position]
        let invoice = nextNumber("CIV", dataAreaId: area)
        let keys: JSONObject = [
            "dataAreaId": .string(area), "InvoiceNumber": .string(invoice),
            "InvoiceDate": .string(TimeText(date).odataNoon), "LedgerVoucher": .string("\(invoice)-V"),
        ]
        var (net, tax) = (Decimal(0), Decimal(0))
        for (sequence, index) in open.enumerated() {
            let line = returns.lines.rows[index]
            let quantity = line.number("ReturnedSalesQuantity")
            let amount = (line.number("SalesPrice") * quantity).cents
            let lineTax = salesTax(on: amount, area, isIncluded: false)
            net += amount
            tax += lineTax
            let fields = creditLine(keys, line, quantity, amount, lineTax, sequence + 1)
            _ = invoiceLines.insert(fields, recordID: nextRecordID())
            returns.lines.update(index) { $0["ReturnStatus"] = "Invoiced" }
        }
        var fields = keys
        fields.append("SalesOrderNumber", .string(number))
        for name in ["CustomersOrderReference", "CurrencyCode", "InvoiceCustomerAccountNumber"] {
            fields.append(name, .string(header.text(name)))
        }
        fields.append("TotalInvoiceAmount", .number(net + tax))
        fields.append("TotalTaxAmount", .number(tax))
        _ = invoices.insert(fields, recordID: nextRecordID())
        closeIfInvoiced(position, number, area)
        return PostedInvoice(
            number: invoice, dataAreaId: area, salesOrder: number,
            invoiceAccount: header.text("InvoiceCustomerAccountNumber"), date: date, amount: net + tax, tax: tax)
    }

    private func creditLine(
        _ keys: JSONObject, _ line: ODataTable.Row, _ quantity: Decimal, _ amount: Decimal, _ tax: Decimal,
        _ sequence: Int
    ) -> JSONObject {
        let item = item(line.text("ItemNumber"), dataAreaId: line.dataAreaId)
        var fields = keys
        fields.append("LineCreationSequenceNumber", .int(sequence))
        fields.append("ProductNumber", .string(item?.productNumber ?? ""))
        fields.append("ProductName", .string(item?.name ?? ""))
        fields.append("InvoicedQuantity", .number(quantity))
        fields.append("SalesPrice", .number(line.number("SalesPrice")))
        fields.append("LineAmount", .number(amount))
        fields.append("LineTotalTaxAmount", .number(tax))
        fields.append("SalesUnitSymbol", .string(line.text("SalesUnitSymbol")))
        return fields
    }

    private mutating func closeIfInvoiced(_ position: Int, _ number: String, _ area: String) {
        let isDone = returnLines(of: number, area).allSatisfy {
            ["Invoiced", "Canceled"].contains(returns.lines.rows[$0].text("ReturnStatus"))
        }
        guard isDone else { return }
        returns.headers.update(position) {
            $0["ReturnOrderStatus"] = "Closed"
            $0["ReturnStatus"] = "Closed"
        }
    }
}
