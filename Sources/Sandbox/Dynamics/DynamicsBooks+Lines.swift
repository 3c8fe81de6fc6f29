import Foundation
import HTTPTypes
import JSON

extension DynamicsBooks {
    mutating func completeLine(
        _ schema: EntitySchema, _ fields: inout JSONObject, _ area: String
    ) throws(ODataRefusal) {
        func text(_ name: String) -> String { fields[name]?.stringValue ?? "" }
        guard let order = orders.row("SalesOrderNumber", text("SalesOrderNumber"), dataAreaId: area) else {
            throw .notInTable(schema, value: text("SalesOrderNumber"), field: "Sales order", table: "Sales orders")
        }
        guard order.text("SalesOrderStatus") == "Backorder" else {
            throw .infolog(schema, "Sales order \(text("SalesOrderNumber")) is not open and can't be changed")
        }
        // The number as the order has it, so that the key compares without regard to case from here on.
        fields["SalesOrderNumber"] = .string(order.text("SalesOrderNumber"))
        let item = try item(schema, text("ItemNumber"), area)
        // Below zero is what the customer gives back.
        guard (fields["OrderedSalesQuantity"]?.numberValue ?? 0) != 0 else {
            throw .infolog(schema, "Quantity must be greater than zero, or less than zero for a return")
        }
        try completeDimensions(schema, &fields, order, item)
        try completeLineNumber(schema, &fields, order)
        if text("CurrencyCode").isEmpty { fields["CurrencyCode"] = .string(order.text("CurrencyCode")) }
        completeAmounts(&fields, item)
        fields["InventoryLotId"] = .string(nextNumber("LOT", dataAreaId: area))
        fields["SalesOrderLineStatus"] = "Backorder"
        if text("SalesUnitSymbol").isEmpty { fields["SalesUnitSymbol"] = "pcs" }
    }

    private func item(_ schema: EntitySchema, _ number: String, _ area: String) throws(ODataRefusal) -> SandboxItem {
        guard let item = item(number, dataAreaId: area) else {
            throw .notInTable(schema, value: number, field: "Item number", table: "Items")
        }
        guard !item.isBlocked else {
            throw .infolog(schema, "Item number \(number) is stopped for sales", status: .internalServerError)
        }
        return item
    }

    private func completeDimensions(
        _ schema: EntitySchema, _ fields: inout JSONObject, _ order: ODataTable.Row, _ item: SandboxItem
    ) throws(ODataRefusal) {
        let dimensions = [
            ("Site", "ShippingSiteId", "DefaultShippingSiteId"),
            ("Warehouse", "ShippingWarehouseId", "DefaultShippingWarehouseId"),
        ]
        for (name, own, inherited) in dimensions {
            if fields[own] == nil { fields[own] = .string(order.text(inherited)) }
            guard item.isService || fields[own] != "" else {
                throw .infolog(
                    schema, "Inventory dimension \(name) is mandatory and must consequently be specified.",
                    status: .internalServerError)
            }
        }
    }

    private func completeLineNumber(
        _ schema: EntitySchema, _ fields: inout JSONObject, _ order: ODataTable.Row
    ) throws(ODataRefusal) {
        let siblings = self.lines(of: order.text("SalesOrderNumber"), order.dataAreaId)
        let taken = siblings.map { lines.rows[$0].number("LineNumber") }
        let number = fields["LineNumber"]?.numberValue ?? (taken.max() ?? 0) + 1
        guard !taken.contains(number) else {
            throw .infolog(
                schema,
                """
                Cannot create a record in Order lines (SalesLine). Sales order: \(order.text("SalesOrderNumber")), \
                Line number: \(number). The record already exists
                """)
        }
        fields["LineNumber"] = .number(number)
        guard schema.property("LineCreationSequenceNumber") != nil else { return }
        if fields["LineCreationSequenceNumber"] == nil {
            fields["LineCreationSequenceNumber"] = .int(siblings.count + 1)
        }
    }

    /// F&O computes the amount of a line itself, also where one is sent: the price less the discount, both per
    /// price quantity, times the quantity, less the percentage, rounded to the currency's smallest unit.
    func completeAmounts(_ fields: inout JSONObject, _ item: SandboxItem?) {
        func number(_ name: String) -> Decimal { fields[name]?.numberValue ?? 0 }
        if fields["SalesPrice"] == nil { fields["SalesPrice"] = .number(item?.salesPrice ?? 0) }
        if number("SalesPriceQuantity") == 0 { fields["SalesPriceQuantity"] = 1 }
        let gross =
            number("OrderedSalesQuantity") * (number("SalesPrice") - number("LineDiscountAmount"))
            / number("SalesPriceQuantity")
        let amount = gross * (100 - number("LineDiscountPercentage")) / 100
        fields["LineAmount"] = .number(amount.rounded(toUnitOf: fields["CurrencyCode"]?.stringValue ?? ""))
    }

    /// Positions of the lines of an order.
    func lines(of order: String, _ area: String) -> [Int] {
        lines.positions("SalesOrderNumber", order).filter { lines.rows[$0].dataAreaId == area }
    }

    /// Sums up the header after a line has come, changed or gone.
    mutating func calculateTotals(_ order: String, _ area: String) {
        guard let position = orders.position("SalesOrderNumber", order, dataAreaId: area) else { return }
        var (net, discount) = (Decimal(0), Decimal(0))
        for index in lines(of: order, area) {
            let line = lines.rows[index]
            net += line.number("LineAmount")
            let gross = line.number("OrderedSalesQuantity") * line.number("SalesPrice")
            let full = (gross / line.number("SalesPriceQuantity")).rounded(toUnitOf: line.text("CurrencyCode"))
            discount += full - line.number("LineAmount")
        }
        let isTaxIncluded = orders.rows[position].text("ArePricesIncludingSalesTax") == "Yes"
        let tax = salesTax(on: net, area, isIncluded: isTaxIncluded)
        orders.update(position) { fields in
            fields["OrderTotalAmount"] = .number(isTaxIncluded ? net : net + tax)
            fields["OrderTotalTaxAmount"] = .number(tax)
            fields["OrderTotalDiscountAmount"] = .number(discount)
        }
    }

    func salesTax(on amount: Decimal, _ area: String, isIncluded: Bool) -> Decimal {
        let percent = configuration.salesTaxPercent[area] ?? 0
        return (amount * percent / (isIncluded ? 100 + percent : 100)).cents
    }
}
