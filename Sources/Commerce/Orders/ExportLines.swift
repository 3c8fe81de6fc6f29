import Foundation

/// The lines that an ERP books for an order, each article's money exactly once.
///
/// - A configurable product is one line: the parent's money and the child's SKU. A child's price is never added;
///   versions differ in whether they repeat it there (magento2#38603, #22562).
/// - A bundle with dynamic prices is its children, one with a fixed price is the parent alone. No field tells which
///   it is, so the money does: children that have any are the lines (#38687, #38523). Where neither has any, the
///   children are, since they leave the warehouse.
/// - All else is a line of its own, free articles included, with price 0.
///
/// Amounts have four decimal places in Commerce's tables. What PHP's floats add beyond (29.949999999999999) is
/// rounded off here.
/// - Throws: `sumDiffers` unless the lines add up to the subtotal, to the cent.
public func exportLines(of order: CommerceOrder) throws(OrderLinesError) -> [OrderLine] {
    let tree = try ItemTree(order)
    var lines = tree.roots.flatMap { linesOf($0, in: tree) }
    for index in lines.indices { lines[index].number = index + 1 }
    let sum = lines.reduce(Decimal.zero) { $0 + $1.rowTotal }
    guard sum.rounded(places: 2) == order.totals.subtotal.rounded(places: 2) else {
        throw .sumDiffers(
            order: order.incrementID, lines: sum, subtotal: order.totals.subtotal.rounded(places: 4))
    }
    return lines
}

private func linesOf(_ index: Int, in tree: ItemTree) -> [OrderLine] {
    let item = tree.items[index]
    let children = tree.children[index]
    guard let first = children.first else { return [OrderLine(item, at: index)] }
    if item.productType == "configurable" {
        var line = OrderLine(item, at: index)
        line.sku = tree.items[first].sku
        return [line]
    }
    let childrenHaveMoney = children.contains { tree.items[$0].rowTotal.rounded(places: 4) != 0 }
    guard childrenHaveMoney || item.rowTotal.rounded(places: 4) == 0 else { return [OrderLine(item, at: index)] }
    return children.flatMap { linesOf($0, in: tree) }
}

extension OrderLine {
    fileprivate init(_ item: CommerceOrderItem, at position: Int) {
        self.init(
            number: 0, itemID: item.itemID, sku: item.sku, name: item.name ?? item.sku,
            quantity: item.qtyOrdered.rounded(places: 4), unitPrice: item.price.rounded(places: 4),
            rowTotal: item.rowTotal.rounded(places: 4), discountAmount: item.discountAmount.rounded(places: 4),
            discountTaxCompensationAmount: item.discountTaxCompensationAmount.rounded(places: 4),
            taxPercent: item.taxPercent.rounded(places: 4), taxAmount: item.taxAmount.rounded(places: 4))
        rowTotalInclTax = item.rowTotalInclTax?.rounded(places: 4)
        base = item.base
        self.position = position
    }
}
