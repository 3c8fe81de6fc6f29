import Foundation
import JSON

extension DynamicsBooks {
    mutating func createQuotation(_ fields: JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.quotationHeaders
        var fields = fields
        let account = fields["RequestingCustomerAccountNumber"]?.stringValue ?? ""
        guard customers.position("CustomerAccount", account, dataAreaId: area) != nil else {
            throw .notInTable(schema, value: account, field: "Customer account", table: "Customers")
        }
        try checkCurrency(fields["CurrencyCode"]?.stringValue ?? "", schema)
        guard fields["SalesQuotationNumber"] == nil else {
            throw .infolog(schema, "The number sequence of 'Quotation' does not allow manual numbers")
        }
        fields["SalesQuotationNumber"] = .string(nextNumber("QUO", dataAreaId: area))
        fields["SalesQuotationStatus"] = "Created"
        return quotations.insert(fields, recordID: nextRecordID())
    }

    mutating func createQuotationLine(_ fields: JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.quotationLines
        var fields = fields
        let number = fields["SalesQuotationNumber"]?.stringValue ?? ""
        guard quotations.position("SalesQuotationNumber", number, dataAreaId: area) != nil else {
            throw .notInTable(schema, value: number, field: "Quotation", table: "Quotations")
        }
        let item = fields["ItemNumber"]?.stringValue ?? ""
        guard self.item(item, dataAreaId: area) != nil else {
            throw .notInTable(schema, value: item, field: "Item number", table: "Items")
        }
        fields["InventoryLotId"] = .string(nextNumber("LOT", dataAreaId: area))
        let position = quotationLines.insert(fields, recordID: nextRecordID())
        calculateQuotationLine(position)
        return position
    }

    /// The price less both discounts, times the quantity.
    mutating func calculateQuotationLine(_ position: Int) {
        let line = quotationLines.rows[position]
        let unit = line.number("SalesPrice") - line.number("LineDiscountAmount")
        let gross = line.number("RequestedSalesQuantity") * unit
        let amount = (gross * (100 - line.number("LineDiscountPercentage")) / 100).cents
        guard line.number("LineAmount") != amount else { return }
        quotationLines.update(position) { $0["LineAmount"] = .number(amount) }
    }
}
