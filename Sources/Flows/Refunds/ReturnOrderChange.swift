import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// Brings the lines of a return order that exists to other quantities. What has arrived is F&O's to change.
struct ReturnOrderChange: Sendable {
    let dynamics: DynamicsClient
    /// The return order's.
    let number: String
    /// The shop's return, for people.
    let title: String

    /// Lines that are new are created afterwards by `ReturnOrderBooking`, which finds those that are right by now.
    func apply(_ back: GiveBack, _ steps: Steps) async throws {
        try await steps.once("return change") {
            let rows = try await dynamics.returnOrderLines(returnOrderNumber: number, dataAreaId: back.dataAreaID)
            for (row, quantity) in try changes(back, rows) {
                try await dynamics.changeReturnOrderLine(row, quantity: quantity)
            }
        }
    }

    /// - Throws: A `Verdict` that parks if a line that must change has arrived, or must go.
    func changes(_ back: GiveBack, _ rows: [ReturnOrderLineRow]) throws -> [(ReturnOrderLineRow, Decimal)] {
        var free = back.lines.map(\.record)
        var changes: [(ReturnOrderLineRow, Decimal)] = []
        for row in rows {
            guard let place = free.firstIndex(where: { Self.isOf($0, row) }) else { throw gone(row) }
            let wanted = free.remove(at: place)["ReturnSalesQuantity"]?.numberValue ?? 0
            guard wanted != row.ReturnSalesQuantity else { continue }
            guard row.ReturnStatus == "Awaiting" || row.ReturnStatus == "None" else { throw arrived(row, wanted) }
            changes.append((row, wanted))
        }
        return changes
    }

    private static func isOf(_ record: MappedRecord, _ row: ReturnOrderLineRow) -> Bool {
        record.text("ItemNumber")?.lowercased() == row.ItemNumber?.lowercased()
            && record["SalesPrice"]?.numberValue == row.SalesPrice
    }

    private func arrived(_ row: ReturnOrderLineRow, _ wanted: Decimal) -> Verdict {
        .park(
            "return-arrived",
            "Return \(title) now has \(wanted.magnitude) of \(row.ItemNumber ?? ""); on return order \(number) that line is "
                + "\(row.ReturnStatus ?? "").",
            advice: "Settle the difference in F&O, then skip the event.")
    }

    private func gone(_ row: ReturnOrderLineRow) -> Verdict {
        .park(
            "return-line-gone", "Return \(title) no longer has \(row.ItemNumber ?? "") of return order \(number).",
            advice: "Delete the line in F&O, then replay the event.")
    }
}
