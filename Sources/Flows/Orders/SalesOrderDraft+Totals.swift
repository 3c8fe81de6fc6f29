import Dynamics
import Foundation
import Relay

extension SalesOrderDraft {
    /// What F&O holds against what was ordered.
    /// - Returns: What differs, for people; `nil` if nothing does, or if nobody wants to know.
    /// - Throws: A `Verdict` that parks, with both figures, where the policy says so; and always if a line is missing.
    func compare(
        _ rows: [SalesOrderLineRow], header: SalesOrderHeaderRow?, salesOrderNumber number: String,
        policy: OrderPolicy
    ) throws(Verdict) -> String? {
        guard rows.count == sale.lines.count else {
            throw .park(
                "lines-differ",
                "Sales order \(number) has \(rows.count) lines, order \(incrementID) has \(sale.lines.count).",
                advice: "Correct the lines in F&O, then replay the event; or skip it if they are right as they are.")
        }
        guard policy.money.whenTotalsDiffer != .ignore else { return nil }
        let sum = rows.reduce(0) { $0 + ($1.LineAmount ?? 0) }
        let difference =
            difference("The lines of sales order \(number) add up to", sum, "those of", sale.sum, policy.tolerance)
            ?? totalDifference(header, number, policy)
        guard let difference, policy.money.whenTotalsDiffer == .park else { return difference }
        throw .park(
            "totals-differ", difference,
            advice:
                "Look for trade agreements, tax or rounding in F&O that changed an amount; correct the lines, then "
                + "replay the event.")
    }

    /// Where Commerce owns the tax, F&O must come to the same total with it. Its own charges are not the shop's.
    private func totalDifference(_ header: SalesOrderHeaderRow?, _ number: String, _ policy: OrderPolicy) -> String? {
        guard policy.money.tax == .commerce, let header, header.AreTotalsCalculated == .Yes,
            let total = header.OrderTotalAmount
        else { return nil }
        return difference(
            "The total with tax of sales order \(number) is", total - (header.OrderTotalChargesAmount ?? 0),
            "that of",
            sale.sumInclTax, policy.tolerance)
    }

    private func difference(
        _ what: String, _ found: Decimal, _ other: String, _ expected: Decimal, _ tolerance: Decimal
    ) -> String? {
        let difference = found - expected
        guard difference.magnitude > tolerance else { return nil }
        return "\(what) \(found) \(sale.currency), \(other) order \(incrementID) to \(expected): "
            + "a difference of \(difference)."
    }
}
