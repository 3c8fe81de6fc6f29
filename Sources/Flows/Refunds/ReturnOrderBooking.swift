import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Books what goes back as a return order in F&O.
struct ReturnOrderBooking: Sendable {
    static let patchableSteps = [
        PatchableStep("return order", keys: ["dataAreaId", "CustomersOrderReference", "CustomerAccountNumber"]),
        PatchableStep("return line #", keys: ["dataAreaId", "ReturnOrderNumber"]),
    ]

    let dynamics: DynamicsClient
    let tolerance: Decimal

    /// - Returns: The return order's number.
    func ensure(_ back: GiveBack, link: LinkKey, _ steps: Steps) async throws -> String {
        let number = try await steps.ensure("return order", link: link) {
            try await find(back)
        } create: {
            var header = back.header
            header.set("dataAreaId", .string(back.dataAreaID))
            header.set("CustomersOrderReference", .string(back.reference))
            header.set("CustomerAccountNumber", .string(back.sold.salesOrder.OrderingCustomerAccountNumber ?? ""))
            return try await dynamics.createReturnOrder(header).ReturnOrderNumber
        }
        try await ensureLines(back, number, steps)
        try await steps.once("return totals") {
            let rows = try await dynamics.returnOrderLines(returnOrderNumber: number, dataAreaId: back.dataAreaID)
            try back.compare(
                net: rows.reduce(0) { $0 + ($1.LineAmount ?? 0) }, lineCount: rows.count, number: number,
                tolerance: tolerance)
        }
        return number
    }

    private func find(_ back: GiveBack) async throws -> String? {
        let found = try await dynamics.findReturnOrders(
            customersOrderReference: back.reference, dataAreaId: back.dataAreaID)
        guard found.count <= 1 else {
            throw Verdict.park(
                "ambiguous-return-order",
                "\(found.count) return orders in \(back.dataAreaID) carry CustomersOrderReference \(back.reference): "
                    + "\(found.map(\.ReturnOrderNumber).joined(separator: ", ")).",
                advice: "Cancel all but one in F&O, then replay the event.")
        }
        return found.first?.ReturnOrderNumber
    }

    /// One after the other. A line has no number of ours, so those that are there are told by what they say.
    private func ensureLines(_ back: GiveBack, _ number: String, _ steps: Steps) async throws {
        guard !back.lines.indices.allSatisfy({ steps.hasConcluded("return line \($0 + 1)") }) else { return }
        let rows = try await dynamics.returnOrderLines(returnOrderNumber: number, dataAreaId: back.dataAreaID)
        let present = LineMatch.assign(
            wanted: back.lines.map { LineMatch.Line($0.record, quantity: "ReturnSalesQuantity") },
            present: rows.map {
                LineMatch.Line(item: $0.ItemNumber, quantity: $0.ReturnSalesQuantity, price: $0.SalesPrice)
            })
        for (index, line) in back.lines.enumerated() {
            try await steps.ensure("return line \(index + 1)") {
                present[index].map { rows[$0].ReturnInventoryLotId }
            } create: {
                var record = line.record
                record.set("dataAreaId", .string(back.dataAreaID))
                record.set("ReturnOrderNumber", .string(number))
                return try await dynamics.createReturnOrderLine(record).ReturnInventoryLotId
            }
        }
    }
}

extension GiveBack {
    /// F&O may replace prices when a line is created, so what counts is what it kept.
    /// - Parameter net: Below zero, as F&O keeps what goes back.
    func compare(net: Decimal, lineCount: Int, number: String, tolerance: Decimal) throws {
        guard lineCount == lines.count else {
            throw Verdict.park(
                "lines-differ", "\(number) has \(lineCount) lines, \(reference) has \(lines.count).",
                advice: "Correct the lines in F&O, then replay the event; or skip it if they are right as they are.")
        }
        let difference = -net - expectedNet
        guard difference.magnitude <= tolerance else {
            throw Verdict.park(
                "totals-differ",
                "The lines of \(number) give back \(-net), those of \(reference) \(expectedNet): a difference of "
                    + "\(difference).",
                advice: "Look for trade agreements or rounding in F&O that changed a price; correct the lines, then "
                    + "replay the event.")
        }
    }
}
