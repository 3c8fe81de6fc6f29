import Commerce
import Dynamics
import Foundation

/// What has arrived of a return, by the shop's order items.
struct ReturnArrival: Sendable, Equatable {
    /// Pieces by `item_id`.
    let arrived: [Int: Decimal]

    init(arrived: [Int: Decimal]) { self.arrived = arrived }

    /// Rows carry the item alone; of one that stands on several lines, the first lines come back first.
    init(_ rows: [ReturnOrderLineRow], order: CommerceOrder) throws {
        var left: [String: Decimal] = [:]
        for row in rows { left[row.ItemNumber?.lowercased() ?? "", default: 0] -= row.ReturnedSalesQuantity ?? 0 }
        var arrived: [Int: Decimal] = [:]
        for line in try exportLines(of: order) {
            let part = min(left[line.sku.lowercased()] ?? 0, line.quantity)
            guard let id = line.itemID, part > 0 else { continue }
            arrived[id] = part
            left[line.sku.lowercased(), default: 0] -= part
        }
        self.arrived = arrived
    }

    /// Never less than the shop says already, nor more than was asked for.
    /// - Returns: Whether that says anything new.
    func note(in rma: inout CommerceReturn) -> Bool {
        let before = rma
        for index in rma.items.indices {
            let item = rma.items[index]
            let quantity = min(arrived[item.orderItemID] ?? 0, item.qtyRequested)
            guard quantity > item.qtyReturned ?? 0 else { continue }
            rma.items[index].qtyReturned = quantity
            rma.items[index].status = "received"
        }
        guard rma.items != before.items else { return false }
        let isAll = rma.items.allSatisfy { ["received", "approved", "denied", "rejected"].contains($0.status) }
        rma.status = isAll ? "received" : "received_on_item"
        return true
    }
}
