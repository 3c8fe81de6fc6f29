import Foundation
import JSON

/// What to ship with a packing slip.
struct PackingSlipRequest: Sendable {
    let salesOrder: String
    /// Lower case.
    let dataAreaId: String
    /// By line number; `nil` is everything that is left.
    var quantities: [Decimal: Decimal]?
    var carrier: String?
    var tracking: [String] = []
    /// Where it leaves from, other than the lines say.
    var warehouse: String?
}

extension DynamicsBooks {
    func orderPosition(_ number: String, _ area: String) throws(SandboxError) -> Int {
        guard let position = orders.position("SalesOrderNumber", number, dataAreaId: area) else {
            throw .unknownSalesOrder(number: number, dataAreaId: area)
        }
        return position
    }

    /// - Returns: The packing slip's number.
    mutating func postPackingSlip(_ request: PackingSlipRequest, at date: Date) throws(SandboxError) -> String {
        let position = try orderPosition(request.salesOrder, request.dataAreaId)
        let parts = try shippedParts(request)
        let slip = nextNumber("PS", dataAreaId: request.dataAreaId)
        let order = orders.rows[position]
        var header: JSONObject = [
            "dataAreaId": .string(request.dataAreaId), "PackingSlipId": .string(slip),
            "DeliveryDate": .string(TimeText(date).odataNoon),
            "CarrierId": .string(request.carrier ?? ""),
            "TrackingNumber": .string(request.tracking.joined(separator: ",")),
            "WarehouseId": .string(request.warehouse ?? order.text("DefaultShippingWarehouseId")),
        ]
        for name in ["SalesOrderNumber", "CustomersOrderReference"] { header[name] = .string(order.text(name)) }
        _ = packingSlips.insert(header, recordID: nextRecordID())
        for part in parts {
            let line = lines.rows[part.line]
            let own = line.text("ShippingWarehouseId")
            _ = packingSlipLines.insert(
                [
                    "dataAreaId": .string(request.dataAreaId), "PackingSlipId": .string(slip),
                    "SalesOrderNumber": .string(order.text("SalesOrderNumber")),
                    "LineNumber": .number(line.number("LineNumber")), "ItemNumber": .string(line.text("ItemNumber")),
                    "Quantity": .number(part.quantity), "WarehouseId": .string(request.warehouse ?? own),
                ], recordID: nextRecordID())
            deliveredQuantities["\(request.dataAreaId) \(line.text("InventoryLotId"))", default: 0] += part.quantity
        }
        markDelivered(position, request.dataAreaId)
        return slip
    }

    private func shippedParts(
        _ request: PackingSlipRequest
    ) throws(SandboxError) -> [(line: Int, quantity: Decimal)] {
        let positions = lines(of: request.salesOrder, request.dataAreaId).sorted {
            lines.rows[$0].number("LineNumber") < lines.rows[$1].number("LineNumber")
        }
        let known = positions.map { lines.rows[$0].number("LineNumber") }
        if let stranger = request.quantities?.keys.sorted().first(where: { !known.contains($0) }) {
            throw .unknownLine(salesOrder: request.salesOrder, lineNumber: "\(stranger)")
        }
        var parts: [(line: Int, quantity: Decimal)] = []
        for position in positions {
            let line = lines.rows[position]
            let left = quantityToDeliver(line)
            guard let quantities = request.quantities else {
                if left > 0 { parts.append((position, left)) }
                continue
            }
            guard let quantity = quantities[line.number("LineNumber")] else { continue }
            guard quantity > 0, configuration.allowsOverdelivery || quantity <= left else {
                throw .quantityTooLarge(
                    salesOrder: request.salesOrder, lineNumber: "\(line.number("LineNumber"))", left: "\(left)")
            }
            parts.append((position, quantity))
        }
        guard !parts.isEmpty else { throw .nothingToShip(salesOrder: request.salesOrder) }
        return parts
    }

    private func quantityToDeliver(_ line: ODataTable.Row) -> Decimal {
        guard !["Canceled", "Invoiced"].contains(line.text("SalesOrderLineStatus")) else { return 0 }
        let delivered = deliveredQuantities["\(line.dataAreaId) \(line.text("InventoryLotId"))"] ?? 0
        return line.number("OrderedSalesQuantity") - delivered
    }

    private mutating func markDelivered(_ position: Int, _ area: String) {
        var isComplete = true
        for index in lines(of: orders.rows[position].text("SalesOrderNumber"), area) {
            if quantityToDeliver(lines.rows[index]) > 0 {
                isComplete = false
            } else if lines.rows[index].text("SalesOrderLineStatus") == "Backorder" {
                lines.update(index) { $0["SalesOrderLineStatus"] = "Delivered" }
            }
        }
        orders.update(position) { fields in
            guard fields["SalesOrderStatus"] == "Backorder" else { return }
            if isComplete { fields["SalesOrderStatus"] = "Delivered" }
            fields["SalesOrderProcessingStatus"] = isComplete ? "Delivered" : "PartiallyDelivered"
        }
    }

    /// Adds a parcel's number to a packing slip.
    mutating func addTracking(_ number: String, to slip: String, _ area: String) throws(SandboxError) -> String {
        guard let position = packingSlips.position("PackingSlipId", slip, dataAreaId: area) else {
            throw .unknownPackingSlip(number: slip, dataAreaId: area)
        }
        packingSlips.update(position) { fields in
            let present = fields["TrackingNumber"]?.stringValue ?? ""
            fields["TrackingNumber"] = .string(present.isEmpty ? number : "\(present),\(number)")
        }
        return packingSlips.rows[position].text("SalesOrderNumber")
    }

    mutating func confirm(_ number: String, _ area: String, shipping date: Date) throws(SandboxError) {
        let position = try orderPosition(number, area)
        orders.update(position) { fields in
            fields["SalesOrderProcessingStatus"] = "Confirmed"
            fields["ConfirmedShippingDate"] = .string(TimeText(date).odataNoon)
        }
    }

    mutating func pick(_ number: String, _ area: String) throws(SandboxError) {
        orders.update(try orderPosition(number, area)) { $0["SalesOrderProcessingStatus"] = "Picked" }
    }

    /// Cancels what is left to deliver, of one line or of all. An order of which nothing was delivered is cancelled.
    mutating func cancelRemainder(_ number: String, _ area: String, line: Decimal?) throws(SandboxError) {
        let position = try orderPosition(number, area)
        let positions = lines(of: number, area)
        if let line, !positions.contains(where: { lines.rows[$0].number("LineNumber") == line }) {
            throw .unknownLine(salesOrder: number, lineNumber: "\(line)")
        }
        for index in positions where line == nil || lines.rows[index].number("LineNumber") == line {
            guard quantityToDeliver(lines.rows[index]) == lines.rows[index].number("OrderedSalesQuantity") else {
                continue
            }
            lines.update(index) { $0["SalesOrderLineStatus"] = "Canceled" }
        }
        let isCanceled = lines(of: number, area).allSatisfy {
            lines.rows[$0].text("SalesOrderLineStatus") == "Canceled"
        }
        orders.update(position) { fields in
            guard isCanceled else { return }
            fields["SalesOrderStatus"] = "Canceled"
            fields["SalesOrderProcessingStatus"] = "Canceled"
        }
    }
}
