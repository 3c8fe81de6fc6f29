import Foundation
import JSON

extension CommerceOrderItem {
    static func read(
        _ items: JSONNode, hasOneCurrency: Bool
    ) throws(OrderReadingError) -> [CommerceOrderItem] {
        guard case .array(let elements) = items.value, !elements.isEmpty else {
            throw items.mismatch("a list of at least one item")
        }
        var read: [CommerceOrderItem] = []
        read.reserveCapacity(elements.count)
        for item in try items.list() {
            read.append(try CommerceOrderItem(item, hasOneCurrency: hasOneCurrency))
        }
        return read
    }

    private init(_ item: JSONNode, hasOneCurrency: Bool) throws(OrderReadingError) {
        guard case .object = item.value else { throw item.mismatch("an order item") }
        let quantity = try item["qty_ordered"].required(item["qty_ordered"].decimal(), "a quantity")
        let basePrice = try item["base_price"].decimal()
        let baseRowTotal = try item["base_row_total"].decimal()
        let price = try item["price"].decimal() ?? (hasOneCurrency ? basePrice : nil)
        let rowTotal = try item["row_total"].decimal() ?? (hasOneCurrency ? baseRowTotal : nil)
        // Before the order is saved a child may have neither; a child's money is often on its parent.
        let parent = try item["parent_item"].object()
        let parentItemID = try item["parent_item_id"].integer()
        let parentsItemID = try parent?["item_id"].integer()
        let quoteParentItemID = try item["quote_parent_item_id"].integer()
        let parentsQuoteItemID = try parent?["quote_item_id"].integer()
        let isChild = parent != nil || parentItemID != nil || quoteParentItemID != nil
        let knownPrice = try item["price"].required(price ?? (isChild ? 0 : nil), "an amount")
        self.init(
            itemID: try item["item_id"].integer(),
            parentItemID: parentItemID ?? parentsItemID,
            quoteItemID: try item["quote_item_id"].integer(),
            quoteParentItemID: quoteParentItemID ?? parentsQuoteItemID,
            productType: try item["product_type"].text() ?? "simple",
            sku: try item["sku"].required(item["sku"].text(), "an item number"),
            name: try item["name"].text(),
            qtyOrdered: quantity,
            qtyInvoiced: try item["qty_invoiced"].decimal() ?? 0,
            qtyShipped: try item["qty_shipped"].decimal() ?? 0,
            qtyRefunded: try item["qty_refunded"].decimal() ?? 0,
            qtyCanceled: try item["qty_canceled"].decimal() ?? 0,
            isVirtual: try item["is_virtual"].flag() ?? false,
            price: knownPrice,
            basePrice: basePrice,
            priceInclTax: try item["price_incl_tax"].decimal(),
            rowTotal: rowTotal ?? knownPrice * quantity,
            baseRowTotal: baseRowTotal,
            discountAmount: try item["discount_amount"].decimal() ?? 0,
            discountTaxCompensationAmount: try item["discount_tax_compensation_amount"].decimal() ?? 0,
            taxPercent: try item["tax_percent"].decimal() ?? 0,
            taxAmount: try item["tax_amount"].decimal() ?? 0)
        let inclTax = try item["row_total_incl_tax"].decimal()
        let baseInclTax = try item["base_row_total_incl_tax"].decimal()
        rowTotalInclTax = inclTax ?? (hasOneCurrency ? baseInclTax : nil)
        base = hasOneCurrency ? nil : try BaseAmounts(item)
    }
}

extension CommerceOrderItem.BaseAmounts {
    /// - Returns: `nil` where the payload has no base amounts: the row total is among all of them.
    fileprivate init?(_ item: JSONNode) throws(OrderReadingError) {
        guard let rowTotal = try item["base_row_total"].decimal() else { return nil }
        self.init(
            rowTotal: rowTotal,
            rowTotalInclTax: try item["base_row_total_incl_tax"].decimal(),
            discountAmount: try item["base_discount_amount"].decimal() ?? 0,
            discountTaxCompensationAmount: try item["base_discount_tax_compensation_amount"].decimal() ?? 0,
            taxAmount: try item["base_tax_amount"].decimal() ?? 0)
    }
}
