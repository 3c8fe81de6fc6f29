import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Books what goes back as a sales order with negative lines in F&O.
struct CreditOrderBooking: Sendable {
    static let patchableSteps = [
        PatchableStep(
            "credit order", keys: ["dataAreaId", "CustomersOrderReference", "OrderingCustomerAccountNumber"]),
        PatchableStep("credit line #", keys: ["dataAreaId", "SalesOrderNumber", "LineNumber"]),
    ]

    let dynamics: DynamicsClient
    let tolerance: Decimal

    /// - Returns: The sales order's number.
    func ensure(_ back: GiveBack, link: LinkKey, _ steps: Steps) async throws -> String {
        let number = try await steps.ensure("credit order", link: link) {
            try await dynamics.onlySalesOrder(reference: back.reference, in: back.dataAreaID)
        } create: {
            var header = back.header
            header.set("dataAreaId", .string(back.dataAreaID))
            header.set("CustomersOrderReference", .string(back.reference))
            header.set(
                "OrderingCustomerAccountNumber", .string(back.sold.salesOrder.OrderingCustomerAccountNumber ?? ""))
            header.set("InvoiceCustomerAccountNumber", .string(back.sold.invoiceAccount))
            return try await dynamics.createSalesOrderHeader(header).SalesOrderNumber
        }
        try await ensureLines(back, number, steps)
        try await steps.once("credit totals") {
            let rows = try await dynamics.salesOrderLines(salesOrderNumber: number, dataAreaId: back.dataAreaID)
            try back.compare(
                net: rows.reduce(0) { $0 + ($1.LineAmount ?? 0) }, lineCount: rows.count, number: number,
                tolerance: tolerance)
        }
        return number
    }

    private func ensureLines(_ back: GiveBack, _ number: String, _ steps: Steps) async throws {
        guard !back.lines.indices.allSatisfy({ steps.hasConcluded("credit line \($0 + 1)") }) else { return }
        let present = try await dynamics.salesOrderLines(salesOrderNumber: number, dataAreaId: back.dataAreaID)
        for (index, line) in back.lines.enumerated() {
            try await steps.ensure("credit line \(index + 1)") {
                present.first { $0.LineNumber == Decimal(index + 1) }?.InventoryLotId
            } create: {
                var record = line.record
                record.set("dataAreaId", .string(back.dataAreaID))
                record.set("SalesOrderNumber", .string(number))
                record.set("LineNumber", .int(index + 1))
                return try await dynamics.createSalesOrderLine(record).InventoryLotId
            }
        }
    }
}
