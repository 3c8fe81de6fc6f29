import Foundation
import JSON

extension CommerceOrder.Item {
    func rest(orderID: Int, storeID: Int) -> JSONObject {
        var json: JSONObject = [
            "item_id": .int(itemID), "order_id": .int(orderID), "store_id": .int(storeID),
            "product_type": .string(productType), "product_id": .int(productID), "sku": .string(sku),
            "name": .string(name), "is_virtual": .int(isVirtual ? 1 : 0), "qty_ordered": .number(quantity),
            "qty_invoiced": .number(quantityInvoiced), "qty_shipped": .number(quantityShipped),
            "qty_refunded": .number(quantityRefunded), "qty_canceled": .number(quantityCanceled),
            "tax_percent": .number(taxPercent), "discount_percent": .number(discountPercent),
        ]
        if let parentItemID { json.append("parent_item_id", .int(parentItemID)) }
        json.append(contentsOf: amounts.rest(prefix: ""))
        json.append(contentsOf: baseAmounts.rest(prefix: "base_"))
        return json
    }
}

extension RowAmounts {
    /// - Parameter prefix: Empty for the order's currency, `base_` for the website's.
    func rest(prefix: String) -> JSONObject {
        [
            prefix + "price": .number(price), prefix + "original_price": .number(price),
            prefix + "price_incl_tax": .number(priceInclTax), prefix + "row_total": .number(rowTotal),
            prefix + "row_total_incl_tax": .number(rowTotalInclTax), prefix + "tax_amount": .number(tax),
            prefix + "discount_amount": .number(discount), prefix + "row_invoiced": .number(rowInvoiced),
            prefix + "tax_invoiced": .number(taxInvoiced), prefix + "discount_invoiced": .number(discountInvoiced),
        ]
    }
}
