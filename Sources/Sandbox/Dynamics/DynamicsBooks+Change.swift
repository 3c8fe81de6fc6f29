import Foundation
import HTTPTypes
import JSON

/// Changing and deleting rows.
extension DynamicsBooks {
    /// - Parameter sent: Only what is to change.
    mutating func change(_ schema: EntitySchema, _ position: Int, _ sent: JSONObject) throws(ODataRefusal) {
        try refuseReadOnly(schema, "Updating")
        let row = table(schema).rows[position]
        let fields = try typed(schema, sent)
        for name in schema.key where fields[name] != nil && fields[name] != row.fields[name] {
            throw .infolog(schema, "Field '\(name)' is part of the key and can't be changed")
        }
        for property in schema.properties where property.isRequired && fields[property.name] == "" {
            throw .infolog(schema, "Field '\(property.name)' must be filled in")
        }
        if let currency = fields["SalesCurrencyCode"] ?? fields["CurrencyCode"] {
            try checkCurrency(currency.stringValue ?? "", schema)
        }
        try refuseClosed(schema, row)
        if let quantity = fields["OrderedSalesQuantity"]?.numberValue, quantity == 0 {
            throw .infolog(schema, "Quantity must be greater than zero, or less than zero for a return")
        }
        self[keyPath: Self.path(schema)].update(position) { kept in
            for field in fields.fields { kept[field.key] = field.value }
        }
        followUp(schema, position)
    }

    mutating func delete(_ schema: EntitySchema, _ position: Int) throws(ODataRefusal) {
        try refuseReadOnly(schema, "Deleting")
        let row = table(schema).rows[position]
        try refuseClosed(schema, row)
        if let dependents = dependents(schema, row) {
            throw .infolog(
                schema, "The record can't be deleted while dependent \(dependents) exist",
                status: .internalServerError)
        }
        self[keyPath: Self.path(schema)].delete(position)
        followUp(schema, position)
    }

    private func refuseReadOnly(_ schema: EntitySchema, _ action: String) throws(ODataRefusal) {
        guard schema.isReadOnly else { return }
        throw .infolog(schema, "\(action) records is not allowed in the entity \(schema.type)")
    }

    /// An order and its lines change only while the order is open.
    private func refuseClosed(_ schema: EntitySchema, _ row: ODataTable.Row) throws(ODataRefusal) {
        let number = row.text("SalesOrderNumber")
        guard schema.type != EntitySchema.customers.type,
            let order = orders.row("SalesOrderNumber", number, dataAreaId: row.dataAreaId),
            order.text("SalesOrderStatus") != "Backorder"
        else { return }
        throw .infolog(schema, "Sales order \(number) is not open and can't be changed")
    }

    private func dependents(_ schema: EntitySchema, _ row: ODataTable.Row) -> String? {
        switch schema.type {
        case EntitySchema.customers.type:
            let account = row.text("CustomerAccount")
            let has = orders.live.contains {
                $0.dataAreaId == row.dataAreaId && $0.text("OrderingCustomerAccountNumber") == account
            }
            return has ? "sales orders" : nil
        case EntitySchema.salesOrderHeaders.type:
            return lines(of: row.text("SalesOrderNumber"), row.dataAreaId).isEmpty ? nil : "order lines"
        default: return nil
        }
    }

    /// What F&O computes of the row.
    private mutating func followUp(_ schema: EntitySchema, _ position: Int) {
        if schema.type == EntitySchema.returnOrderLines.type { return completeReturnLine(position) }
        followUpParty(schema, position)
        if schema.type == EntitySchema.quotationLines.type { calculateQuotationLine(position) }
        guard Self.path(schema) == \.lines else { return }
        let row = lines.rows[position]
        var fields = row.fields
        completeAmounts(&fields, item(row.text("ItemNumber"), dataAreaId: row.dataAreaId))
        if fields["LineAmount"] != row.fields["LineAmount"] {
            lines.update(position) { $0["LineAmount"] = fields["LineAmount"] }
        }
        calculateTotals(row.text("SalesOrderNumber"), row.dataAreaId)
    }
}
