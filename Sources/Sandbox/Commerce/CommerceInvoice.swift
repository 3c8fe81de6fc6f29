import Foundation
import JSON

/// An invoice as Commerce keeps it.
struct CommerceInvoice: Sendable {
    struct Item: Sendable {
        let entityID: Int
        let orderItemID: Int
        let sku: String
        let name: String
        let quantity: Decimal
        let price: Decimal
        let rowTotal: Decimal
        let discount: Decimal
        let tax: Decimal
    }

    /// In one currency.
    struct Totals: Sendable {
        var subtotal: Decimal = 0
        var discount: Decimal = 0
        var shipping: Decimal = 0
        var shippingTax: Decimal = 0
        var tax: Decimal = 0
        var grandTotal: Decimal { subtotal - discount + shipping + tax }
    }

    let entityID: Int
    let incrementID: String
    let orderID: Int
    let storeID: Int
    let orderCurrency: String
    let baseCurrency: String
    /// 1 open, 2 paid.
    var state: Int
    let createdAt: Date
    let items: [Item]
    let totals: Totals
    let baseTotals: Totals
    let comment: String?

    var rest: JSONObject {
        var json: JSONObject = [
            "entity_id": .int(entityID), "increment_id": .string(incrementID), "order_id": .int(orderID),
            "store_id": .int(storeID), "state": .int(state), "order_currency_code": .string(orderCurrency),
            "base_currency_code": .string(baseCurrency), "created_at": .string(TimeText(createdAt).commerce),
            "updated_at": .string(TimeText(createdAt).commerce),
            "total_qty": .number(items.reduce(0) { $0 + $1.quantity }),
        ]
        json.append(contentsOf: totals.rest(prefix: ""))
        json.append(contentsOf: baseTotals.rest(prefix: "base_"))
        json.append("items", .array(items.map { .object($0.rest(invoiceID: entityID)) }))
        let comments = comment.map { text -> JSONValue in
            ["comment": .string(text), "parent_id": .int(entityID), "is_visible_on_front": 0]
        }
        json.append("comments", .array(comments.map { [$0] } ?? []))
        return json
    }
}

extension CommerceInvoice.Totals {
    func rest(prefix: String) -> JSONObject {
        [
            prefix + "subtotal": .number(subtotal), prefix + "discount_amount": .number(-discount),
            prefix + "shipping_amount": .number(shipping), prefix + "shipping_tax_amount": .number(shippingTax),
            prefix + "tax_amount": .number(tax), prefix + "grand_total": .number(grandTotal),
        ]
    }
}

extension CommerceInvoice.Item {
    func rest(invoiceID: Int) -> JSONObject {
        [
            "entity_id": .int(entityID), "parent_id": .int(invoiceID), "order_item_id": .int(orderItemID),
            "sku": .string(sku), "name": .string(name), "qty": .number(quantity), "price": .number(price),
            "row_total": .number(rowTotal), "discount_amount": .number(discount), "tax_amount": .number(tax),
        ]
    }
}

extension CommerceInvoice: Searchable {
    func column(_ name: String) -> JSONValue? {
        switch name {
        case "entity_id": .int(entityID)
        case "increment_id": .string(incrementID)
        case "order_id": .int(orderID)
        case "store_id": .int(storeID)
        case "state": .int(state)
        case "created_at", "updated_at": .string(TimeText(createdAt).commerce)
        case "grand_total": .number(totals.grandTotal)
        default: nil
        }
    }
}

extension CommerceOrder: Searchable {
    func column(_ name: String) -> JSONValue? {
        switch name {
        case "entity_id": .int(entityID)
        case "increment_id": .string(incrementID)
        case "ext_order_id": .optional(extOrderID)
        case "ext_customer_id": .optional(extCustomerID)
        case "state": .string(state)
        case "status": .string(status)
        case "store_id": .int(placed.storeID)
        case "customer_id": placed.buyer.customerID.map(JSONValue.int) ?? .null
        case "customer_email": .string(placed.buyer.email)
        case "created_at": .string(TimeText(createdAt).commerce)
        case "updated_at": .string(TimeText(updatedAt).commerce)
        case "grand_total": .number(amounts.grandTotal)
        case "base_grand_total": .number(baseAmounts.grandTotal)
        case "total_due": .number(amounts.due)
        case "order_currency_code": .string(placed.currency)
        default: nil
        }
    }
}
