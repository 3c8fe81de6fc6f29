import Foundation
import JSON

/// Return orders, and what F&O checks in them.
struct ReturnBooks: Sendable {
    var headers = ODataTable(indexed: ["ReturnOrderNumber", "CustomersOrderReference"])
    var lines = ODataTable(indexed: ["ReturnOrderNumber", "ReturningInventoryLotId"])
}

extension DynamicsBooks {
    mutating func createReturnOrder(_ fields: inout JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.returnOrderHeaders
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        let account = text("CustomerAccountNumber")
        guard let customer = customers.row("CustomerAccount", account, dataAreaId: area) else {
            throw .notInTable(schema, value: account, field: "Customer account", table: "Customers")
        }
        if fields["InvoiceCustomerAccountNumber"] == nil {
            fields["InvoiceCustomerAccountNumber"] = .string(account)
        }
        if text("CurrencyCode").isEmpty { fields["CurrencyCode"] = .string(customer.text("SalesCurrencyCode")) }
        try checkCurrency(text("CurrencyCode"), schema)
        let reason = text("CustomerReturnReasonCode")
        guard reason.isEmpty || configuration.returnReasonCodes.contains(reason) else {
            throw .notInTable(schema, value: reason, field: "Return reason code", table: "Return reason codes")
        }
        guard text("ReturnOrderNumber").isEmpty else {
            throw .infolog(schema, "The number sequence of 'Return order' does not allow manual numbers")
        }
        let number = nextNumber("RO", dataAreaId: area)
        fields["ReturnOrderNumber"] = .string(number)
        fields["RMANumber"] = .string(nextNumber("RMA", dataAreaId: area))
        fields["ReturnOrderStatus"] = "Created"
        fields["ReturnStatus"] = "Created"
        return returns.headers.insert(fields, recordID: nextRecordID())
    }

    mutating func createReturnLine(_ fields: inout JSONObject, _ area: String) throws(ODataRefusal) -> Int {
        let schema = EntitySchema.returnOrderLines
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        let number = text("ReturnOrderNumber")
        guard let header = returns.headers.row("ReturnOrderNumber", number, dataAreaId: area) else {
            throw .notInTable(schema, value: number, field: "Return order", table: "Sales orders")
        }
        guard !["Closed", "Canceled"].contains(header.text("ReturnOrderStatus")) else {
            throw .infolog(schema, "Return order \(number) is closed and can't be changed")
        }
        guard let item = item(text("ItemNumber"), dataAreaId: area) else {
            throw .notInTable(schema, value: text("ItemNumber"), field: "Item number", table: "Items")
        }
        let quantity = fields["ReturnSalesQuantity"]?.numberValue ?? 0
        // A fee that is kept is a service that goes the other way.
        guard quantity < 0 || quantity > 0 && item.isService else {
            throw .infolog(schema, "The quantity of a return order line must be negative")
        }
        let disposition = text("ReturnDispositionCode")
        guard disposition.isEmpty || configuration.dispositionCodes.contains(disposition) else {
            throw .notInTable(schema, value: disposition, field: "Disposition code", table: "Disposition codes")
        }
        try checkReturnedLot(schema, fields, area)
        fields["ReturnInventoryLotId"] = .string(nextNumber("RLOT", dataAreaId: area))
        fields["ReturnStatus"] = "Awaiting"
        completeReturnAmount(&fields)
        return returns.lines.insert(fields, recordID: nextRecordID())
    }

    /// No more of a line comes back than was sold with it.
    private func checkReturnedLot(
        _ schema: EntitySchema, _ fields: JSONObject, _ area: String
    ) throws(ODataRefusal) {
        let lot = fields["ReturningInventoryLotId"]?.stringValue ?? ""
        guard !lot.isEmpty else { return }
        guard let sold = lines.row("InventoryLotId", lot, dataAreaId: area),
            sold.fields["ItemNumber"] == fields["ItemNumber"]
        else {
            throw .notInTable(schema, value: lot, field: "Return lot ID", table: "Order lines")
        }
        let others = returns.lines.positions("ReturningInventoryLotId", lot).map { returns.lines.rows[$0] }
            .filter { $0.dataAreaId == area && $0.text("ReturnStatus") != "Canceled" }
            .reduce(Decimal(0)) { $0 + $1.number("ReturnSalesQuantity") }
        let all = others + (fields["ReturnSalesQuantity"]?.numberValue ?? 0)
        guard all.magnitude <= sold.number("OrderedSalesQuantity") else {
            throw .infolog(schema, "Only \(sold.number("OrderedSalesQuantity")) of lot \(lot) can be returned")
        }
    }

    private func completeReturnAmount(_ fields: inout JSONObject) {
        let quantity = fields["ReturnSalesQuantity"]?.numberValue ?? 0
        fields["LineAmount"] = .number((quantity * (fields["SalesPrice"]?.numberValue ?? 0)).cents)
    }

    /// What follows from a change of a line's quantity or price.
    mutating func completeReturnLine(_ position: Int) {
        var fields = returns.lines.rows[position].fields
        completeReturnAmount(&fields)
        if fields["LineAmount"] != returns.lines.rows[position].fields["LineAmount"] {
            returns.lines.update(position) { $0["LineAmount"] = fields["LineAmount"] }
        }
    }

    func returnLines(of number: String, _ area: String) -> [Int] {
        returns.lines.positions("ReturnOrderNumber", number).filter { returns.lines.rows[$0].dataAreaId == area }
    }
}
