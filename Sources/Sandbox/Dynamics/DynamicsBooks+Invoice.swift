import Foundation
import JSON

/// A posted invoice, as the business event needs it.
struct PostedInvoice: Sendable {
    let number: String
    let dataAreaId: String
    let salesOrder: String
    let invoiceAccount: String
    let date: Date
    let amount: Decimal
    let tax: Decimal
}

extension DynamicsBooks {
    /// - Parameter quantities: By line number; `nil` is everything that is left.
    mutating func postInvoice(
        salesOrder: String, dataAreaId: String, _ quantities: [Decimal: Decimal]?, at date: Date
    ) throws(SandboxError) -> PostedInvoice {
        let area = dataAreaId.lowercased()
        guard let position = orders.position("SalesOrderNumber", salesOrder, dataAreaId: area) else {
            throw .unknownSalesOrder(number: salesOrder, dataAreaId: dataAreaId)
        }
        let order = orders.rows[position]
        let parts = try invoicedParts(order, quantities)
        let number = nextNumber("CIV", dataAreaId: area)
        let keys: JSONObject = [
            "dataAreaId": .string(area), "InvoiceNumber": .string(number),
            "InvoiceDate": .string(TimeText(date).odataNoon), "LedgerVoucher": .string("\(number)-V"),
        ]
        var (net, tax) = (Decimal(0), Decimal(0))
        let isTaxIncluded = order.text("ArePricesIncludingSalesTax") == "Yes"
        for (sequence, part) in parts.enumerated() {
            let line = lines.rows[part.line]
            let amount = (line.number("LineAmount") * part.quantity / line.number("OrderedSalesQuantity")).cents
            let lineTax = salesTax(on: amount, area, isIncluded: isTaxIncluded)
            net += amount
            tax += lineTax
            let fields = invoiceLine(keys, line, part.quantity, amount, tax: lineTax, sequence: sequence + 1)
            _ = invoiceLines.insert(fields, recordID: nextRecordID())
            invoicedQuantities["\(area) \(line.text("InventoryLotId"))", default: 0] += part.quantity
        }
        let total = isTaxIncluded ? net : net + tax
        _ = invoices.insert(invoiceHeader(keys, order, total: total, tax: tax), recordID: nextRecordID())
        markInvoiced(position, area)
        return PostedInvoice(
            number: number, dataAreaId: area, salesOrder: order.text("SalesOrderNumber"),
            invoiceAccount: order.text("InvoiceCustomerAccountNumber"), date: date, amount: total, tax: tax)
    }

    private func quantityLeft(_ line: ODataTable.Row) -> Decimal {
        guard line.text("SalesOrderLineStatus") != "Canceled" else { return 0 }
        let invoiced = invoicedQuantities["\(line.dataAreaId) \(line.text("InventoryLotId"))"] ?? 0
        return line.number("OrderedSalesQuantity") - invoiced
    }

    func invoicedParts(
        _ order: ODataTable.Row, _ quantities: [Decimal: Decimal]?
    ) throws(SandboxError) -> [(line: Int, quantity: Decimal)] {
        let number = order.text("SalesOrderNumber")
        let positions = lines(of: number, order.dataAreaId).sorted {
            lines.rows[$0].number("LineNumber") < lines.rows[$1].number("LineNumber")
        }
        let known = positions.map { lines.rows[$0].number("LineNumber") }
        if let stranger = quantities?.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknownLine(salesOrder: number, lineNumber: "\(stranger)")
        }
        var parts: [(line: Int, quantity: Decimal)] = []
        for position in positions {
            let line = lines.rows[position]
            let left = quantityLeft(line)
            guard let quantities else {
                if left != 0 { parts.append((position, left)) }
                continue
            }
            guard let quantity = quantities[line.number("LineNumber")] else { continue }
            guard quantity * left > 0, quantity.magnitude <= left.magnitude else {
                throw .quantityTooLarge(
                    salesOrder: number, lineNumber: "\(line.number("LineNumber"))", left: "\(left)")
            }
            parts.append((position, quantity))
        }
        guard !parts.isEmpty else { throw .nothingToInvoice(salesOrder: number) }
        return parts
    }

    func invoiceHeader(
        _ keys: JSONObject, _ order: ODataTable.Row, total: Decimal, tax: Decimal
    ) -> JSONObject {
        var fields = keys
        for name in [
            "SalesOrderNumber", "CustomersOrderReference", "CurrencyCode", "PaymentTermsName",
            "DeliveryModeCode", "SalesOrderOriginCode",
        ] {
            fields.append(name, .string(order.text(name)))
        }
        fields.append("InvoiceCustomerAccountNumber", .string(order.text("InvoiceCustomerAccountNumber")))
        fields.append("TotalInvoiceAmount", .number(total))
        fields.append("TotalTaxAmount", .number(tax))
        return fields
    }

    func invoiceLine(
        _ keys: JSONObject, _ line: ODataTable.Row, _ quantity: Decimal, _ amount: Decimal, tax: Decimal,
        sequence: Int
    ) -> JSONObject {
        let item = item(line.text("ItemNumber"), dataAreaId: line.dataAreaId)
        let gross = (line.number("SalesPrice") * quantity / line.number("SalesPriceQuantity")).cents
        var fields = keys
        fields.append("LineCreationSequenceNumber", .int(sequence))
        fields.append("ProductNumber", .string(item?.productNumber ?? ""))
        fields.append("ProductName", .string(item?.name ?? ""))
        fields.append("InvoicedQuantity", .number(quantity))
        fields.append("SalesPrice", .number(line.number("SalesPrice")))
        fields.append("LineAmount", .number(amount))
        fields.append("LineTotalTaxAmount", .number(tax))
        fields.append("LineTotalDiscountAmount", .number(gross - amount))
        fields.append("SalesUnitSymbol", .string(line.text("SalesUnitSymbol")))
        fields.append("InventorySiteId", .string(line.text("ShippingSiteId")))
        fields.append("InventoryWarehouseId", .string(line.text("ShippingWarehouseId")))
        return fields
    }

    mutating func markInvoiced(_ position: Int, _ area: String) {
        var isComplete = true
        for index in lines(of: orders.rows[position].text("SalesOrderNumber"), area) {
            if quantityLeft(lines.rows[index]) != 0 {
                isComplete = false
            } else {
                lines.update(index) { $0["SalesOrderLineStatus"] = "Invoiced" }
            }
        }
        orders.update(position) { fields in
            if isComplete { fields["SalesOrderStatus"] = "Invoiced" }
            fields["SalesOrderProcessingStatus"] = isComplete ? "Invoiced" : "PartiallyInvoiced"
        }
    }
}
