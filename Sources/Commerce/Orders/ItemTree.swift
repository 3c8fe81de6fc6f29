import Foundation

/// Which item belongs to which.
///
/// A saved order says so by `parent_item_id`. Before it is saved there are no item ids, and the payload names the
/// parent's row in the cart instead, directly or inside a nested `parent_item`. Where a payload names nothing, the
/// sequence tells as much as is certain: an unpriced item with the SKU of the configurable product right before it
/// is that product's child.
struct ItemTree {
    let items: [CommerceOrderItem]
    /// The items that belong to no other, in sequence.
    private(set) var roots: [Int] = []
    /// For each item its children, in sequence.
    private(set) var children: [[Int]]

    init(_ order: CommerceOrder) throws(OrderLinesError) {
        items = order.items
        children = Array(repeating: [], count: items.count)
        let byItemID = ItemTree.index(items, by: \.itemID)
        let byQuoteItemID = ItemTree.index(items, by: \.quoteItemID)
        for (index, item) in items.enumerated() {
            let named =
                item.parentItemID.flatMap { byItemID[$0] }
                ?? item.quoteParentItemID.flatMap { byQuoteItemID[$0] }
            if let parent = named ?? unnamedParent(of: index), parent != index {
                children[parent].append(index)
            } else if item.parentItemID != nil || item.quoteParentItemID != nil {
                throw .parentNotFound(order: order.incrementID, item: item.sku)
            } else {
                roots.append(index)
            }
        }
        // Parents that are each other's children would be left out in silence.
        if let lost = firstUnreachable { throw .parentNotFound(order: order.incrementID, item: items[lost].sku) }
    }

    private var firstUnreachable: Int? {
        var isReached = Array(repeating: false, count: items.count)
        var next = roots
        while let index = next.popLast() {
            isReached[index] = true
            next += children[index]
        }
        return isReached.firstIndex(of: false)
    }

    private func unnamedParent(of index: Int) -> Int? {
        let item = items[index]
        guard index > 0, item.itemID == nil, item.parentItemID == nil, item.quoteParentItemID == nil else {
            return nil
        }
        let before = items[index - 1]
        let fits = before.productType == "configurable" && item.productType != "configurable"
        return fits && before.sku == item.sku && item.rowTotal == 0 ? index - 1 : nil
    }

    private static func index(
        _ items: [CommerceOrderItem], by id: KeyPath<CommerceOrderItem, Int?>
    ) -> [Int: Int] {
        var index: [Int: Int] = [:]
        for (position, item) in items.enumerated() {
            if let id = item[keyPath: id] { index[id] = index[id] ?? position }
        }
        return index
    }
}
