import Commerce
import Foundation
import Relay

/// How a shop ships its bundles: `shipment_type` of the product, which orders don't show.
public enum BundleShipping: String, Sendable, CaseIterable {
    /// The bundle's own item is shipped. It leaves with the first of its parts.
    case together
    /// Each part is shipped by itself.
    case separately
}

/// Which items of a Commerce order a packing slip covers.
struct ShipmentMatch {
    let order: CommerceOrder
    let packingSlip: String
    /// Products that stand for shipping and the like.
    let charges: Set<String>
    let bundles: BundleShipping
    let isSame: (_ product: String, _ sku: String) -> Bool

    /// - Returns: Order items with the quantities to ship, in the order's sequence.
    /// - Throws: `Verdict`: skips what has nothing to ship, parks what fits no item.
    func items(shippedBy lines: [ItemMatch.Line]) throws -> [ShippedItem] {
        let orderLines = try exportLines(of: order)
        let shippable = orderLines.indices.filter { item(orderLines[$0]).map { !isVirtual($0) } ?? true }
        let virtual = orderLines.indices.filter { !shippable.contains($0) }.map { orderLines[$0].sku }
        let asked = lines.filter { line in
            line.quantity > 0 && !charges.contains(line.productNumber)
                && !virtual.contains { isSame(line.productNumber, $0) }
        }
        let quantities: [Decimal]
        do throws(ItemMatch.Misfit) {
            quantities = try ItemMatch.quantities(
                of: shippable.map { candidate(orderLines[$0]) }, coveredBy: asked, isSame: isSame)
        } catch {
            throw verdict(error)
        }
        var shipped: [(item: Int, quantity: Decimal)] = []
        for (position, index) in shippable.enumerated() where quantities[position] > 0 {
            guard let id = orderLines[index].itemID else { throw Verdict.itemWithoutID(orderLines[index], of: order) }
            guard let bundle = bundle(orderLines[index]), let bundleID = bundle.itemID else {
                shipped.append((id, quantities[position]))
                continue
            }
            let count = bundles(of: bundle, with: quantities[position], of: orderLines[index])
            if let known = shipped.firstIndex(where: { $0.item == bundleID }) {
                shipped[known].quantity = max(shipped[known].quantity, count)
            } else {
                shipped.append((bundleID, count))
            }
        }
        let found = shipped.filter { $0.quantity > 0 }
        guard !found.isEmpty else {
            throw Verdict.skip(
                "nothing-to-ship",
                "Packing slip \(packingSlip) has nothing of order \(order.incrementID) that Commerce ships.")
        }
        return found.map { ShippedItem(orderItemID: $0.item, qty: $0.quantity) }
    }

    private func item(_ line: OrderLine) -> CommerceOrderItem? { order.items.first { $0.itemID == line.itemID } }

    private func isVirtual(_ item: CommerceOrderItem) -> Bool {
        item.isVirtual || ["virtual", "downloadable"].contains(item.productType)
    }

    /// The bundle that is shipped in place of this line.
    private func bundle(_ line: OrderLine) -> CommerceOrderItem? {
        guard bundles == .together, let parent = item(line)?.parentItemID else { return nil }
        return order.items.first { $0.itemID == parent && $0.productType == "bundle" }
    }

    /// Of a bundle's part all that was ordered is open: how much of it left before, Commerce does not keep.
    private func candidate(_ line: OrderLine) -> ItemMatch.Candidate {
        let open =
            if bundle(line) == nil, let item = item(line) { item.quantityToShip } else { line.quantity }
        return ItemMatch.Candidate(sku: line.sku, number: line.number, open: open)
    }

    /// As many bundles as the part was shipped for, rounded up, of those that are left.
    private func bundles(of bundle: CommerceOrderItem, with quantity: Decimal, of line: OrderLine) -> Decimal {
        guard line.quantity > 0, bundle.qtyOrdered > 0 else { return 0 }
        let perBundle = line.quantity / bundle.qtyOrdered
        var (exact, count) = (quantity / perBundle, Decimal(0))
        NSDecimalRound(&count, &exact, 0, .up)
        return min(count, bundle.quantityToShip)
    }

    private func verdict(_ misfit: ItemMatch.Misfit) -> Verdict {
        switch misfit {
        case .unknownProduct(let product):
            .park(
                "shipment-of-unknown-product",
                "Packing slip \(packingSlip) ships \(product), which order \(order.incrementID) does not have.",
                advice: "Record this shipment in Commerce by hand and skip the event; for another item number add a "
                    + "row to the value table \(ProductNames.table).")
        case .tooMany(let product, let left):
            .park(
                "shipment-exceeds-order",
                "Packing slip \(packingSlip) ships \(left) more of \(product) than order \(order.incrementID) has "
                    + "left to ship.",
                advice: "Correct the packing slip in F&O, or record the shipment in Commerce by hand and skip it.")
        }
    }
}

extension CommerceOrderItem {
    /// As Commerce counts it (`Magento\Sales\Model\Order\Item::getSimpleQtyToShip`).
    var quantityToShip: Decimal { max(0, qtyOrdered - max(qtyShipped, qtyRefunded) - qtyCanceled) }
}
