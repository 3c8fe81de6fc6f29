import Commerce
import Dynamics
import Foundation
import JSON
import Mapping
import Relay

/// One sales order that is to be changed for what became of its order.
struct SalesOrderWork: Sendable {
    let context: FlowContext
    let policy: OrderPolicy
    let number: String
    /// The legal entity.
    let area: String
    let order: CommerceOrder
    private var dynamics: DynamicsClient { context.dynamics }

    func row() async throws -> SalesOrderStatusRow? {
        try await dynamics.salesOrderStatus(number: number, dataAreaId: area)
    }

    /// F&O takes changes only of open orders, and what is picked is on its way already.
    func check(_ row: SalesOrderStatusRow, _ open: Set<String>) throws(Verdict) {
        let status = row.SalesOrderProcessingStatus ?? "Active"
        guard !row.isOpen || !open.contains(status) else { return }
        let shown = row.isOpen ? status : row.SalesOrderStatus?.rawValue ?? status
        throw Verdict.park(
            "sales-order-not-open",
            "Order \(order.incrementID) has changed in Commerce, but sales order \(number) is \(shown) in F&O; "
                + "changes are made in \(open.sorted().joined(separator: ", ")).",
            advice:
                "Stop the delivery in F&O or take the goods back, then skip the event; or reset the order's status "
                + "in F&O and replay it.")
    }

    /// Lowers the lines to what is left of the order. Lines that no item stands for, such as shipping, go with the last.
    func lower(to standing: OrderStanding, _ steps: Steps) async throws {
        let left = Dictionary(standing.left.map { ($0.number, $0.quantity) }, uniquingKeysWith: { first, _ in first })
        let items = try exportLines(of: order).count
        let isAllGone =
            standing.isCanceled && (left.isEmpty || left.count == items && left.values.allSatisfy { $0 == 0 })
        for line in try await dynamics.salesOrderLines(salesOrderNumber: number, dataAreaId: area).reversed() {
            guard let target = isAllGone ? 0 : left[line.LineNumber.wholePart] else { continue }
            try await steps.once("cancel line \(line.LineNumber)") {
                if target > 0 {
                    try await dynamics.lowerSalesOrderLine(lot: line.InventoryLotId, dataAreaId: area, to: target)
                } else {
                    try await dynamics.deleteSalesOrderLine(lot: line.InventoryLotId, dataAreaId: area)
                }
            }
        }
    }

    func deleteAllLines() async throws {
        for line in try await dynamics.salesOrderLines(salesOrderNumber: number, dataAreaId: area).reversed() {
            try await dynamics.deleteSalesOrderLine(lot: line.InventoryLotId, dataAreaId: area)
        }
    }

    /// Sets the header's fields that a mapping document names.
    /// - Returns: Whether it names any.
    func tell(_ document: String, _ step: String, _ steps: Steps) async throws -> Bool {
        let record = try map(document)
        guard !record.fields.isEmpty else { return false }
        try await steps.once(step) {
            try await dynamics.changeSalesOrder(number: number, dataAreaId: area, record)
        }
        return true
    }

    /// Of what the document `order-change` speaks of, that which F&O has otherwise.
    /// - Throws: A `Verdict` if there is no such sales order, or the document speaks of nothing.
    func differences() async throws -> MappedRecord {
        let record = try map("order-change")
        guard !record.fields.isEmpty else { throw wordless("order-change") }
        guard let row = try await dynamics.openSalesOrder(number: number, dataAreaId: area) else { throw gone() }
        let differing = record.fields.filter { field in
            row.fields[field.name].map { !$0.isSame(as: field.value) } ?? true
        }
        return MappedRecord(mapping: record.mapping, fields: differing)
    }

    func set(_ record: MappedRecord, _ steps: Steps) async throws {
        try await steps.once("change") {
            try await dynamics.changeSalesOrder(number: number, dataAreaId: area, record)
        }
    }

    private func map(_ document: String) throws -> MappedRecord {
        let records = try OrderRecords(order, policy: policy, values: context.values)
        return try context.fill(document, records.header, scope: area, title: "Order \(order.incrementID)")
    }
}

extension JSONValue {
    /// F&O shows a text that was sent with white space at its end without it.
    fileprivate func isSame(as sent: JSONValue) -> Bool {
        if let own = numberValue, let other = sent.numberValue { return own == other }
        guard let own = stringValue, let other = sent.stringValue else { return self == sent }
        return own.trimmingCharacters(in: .whitespacesAndNewlines)
            == other.trimmingCharacters(in: .whitespacesAndNewlines)
    }
}

extension SalesOrderWork {
    func gone() -> Verdict {
        .park(
            "sales-order-gone",
            "Order \(order.incrementID) is sales order \(number) since an earlier event, which F&O does not have.",
            advice: "Look in F&O whether it was deleted; then skip the event.")
    }

    func parked(_ code: String, _ what: String) -> Verdict {
        .park(
            code, "Order \(order.incrementID) \(what); in F&O it is sales order \(number).",
            advice: "Change the sales order in F&O as it should be, then skip the event.")
    }

    func ignored(_ what: String) -> Verdict {
        .skip(
            "order-carried",
            "Order \(order.incrementID) is sales order \(number) since an earlier event, and \(what) now; "
                + "by orders.changes F&O is not told.")
    }

    func wordless(_ document: String) -> Verdict {
        .skip(
            "nothing-to-tell",
            "The mapping document \(document) names no field, so sales order \(number) stays as it is.")
    }
}
