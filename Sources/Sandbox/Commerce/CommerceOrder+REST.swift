import Foundation
import JSON

/// The order as `GET /V1/orders/{id}` shows it. Null attributes are left out, as Commerce does.
extension CommerceOrder {
    var rest: JSONObject {
        var json = identity
        json.append(contentsOf: buyer)
        json.append(contentsOf: totals)
        json.append("items", .array(items.map { .object($0.rest(orderID: entityID, storeID: placed.storeID)) }))
        json.append("billing_address", .object(address(type: "billing")))
        json.append("payment", .object(payment))
        json.append("status_histories", .array(comments.map { .object($0.rest(orderID: entityID)) }))
        json.append("extension_attributes", .object(extensionAttributes))
        return json
    }

    private var identity: JSONObject {
        var json: JSONObject = [
            "entity_id": .int(entityID), "increment_id": .string(incrementID), "quote_id": .int(entityID + 10_000),
            "state": .string(state), "status": .string(status), "store_id": .int(placed.storeID),
            "store_name": .string("Main Website\nMain Website Store\nStore \(placed.storeID)"),
            "is_virtual": .int(isVirtual ? 1 : 0),
            "created_at": .string(TimeText(createdAt).commerce),
            "updated_at": .string(TimeText(updatedAt).commerce),
        ]
        if let extOrderID { json.append("ext_order_id", .string(extOrderID)) }
        if let original = relation.original { json.append("original_increment_id", .string(original)) }
        if let parent = relation.parent { json.append("relation_parent_real_id", .string(parent)) }
        if let child = relation.child { json.append("relation_child_real_id", .string(child)) }
        if let increment = relation.editIncrement { json.append("edit_increment", .string(String(increment))) }
        if let extCustomerID { json.append("ext_customer_id", .string(extCustomerID)) }
        return json
    }

    private var buyer: JSONObject {
        var json: JSONObject = [
            "customer_is_guest": .int(placed.buyer.customerID == nil ? 1 : 0),
            "customer_group_id": .int(placed.buyer.customerID == nil ? 0 : 1),
            "customer_email": .string(placed.buyer.email),
            "customer_firstname": .string(placed.buyer.firstName),
            "customer_lastname": .string(placed.buyer.lastName),
        ]
        if let id = placed.buyer.customerID { json.append("customer_id", .int(id)) }
        if let vat = placed.buyer.taxVAT { json.append("customer_taxvat", .string(vat)) }
        if let note = placed.note { json.append("customer_note", .string(note)) }
        return json
    }

    private var totals: JSONObject {
        let base = placed.baseCurrency ?? placed.currency
        var json: JSONObject = [
            "base_currency_code": .string(base), "order_currency_code": .string(placed.currency),
            "store_currency_code": .string(placed.currency), "global_currency_code": .string(base),
            "base_to_order_rate": .number(placed.baseToOrderRate), "base_to_global_rate": 1,
        ]
        json.append(contentsOf: amounts.rest(prefix: ""))
        json.append(contentsOf: baseAmounts.rest(prefix: "base_"))
        if let coupon = placed.couponCode {
            json.append("coupon_code", .string(coupon))
            json.append("discount_description", .string(coupon))
        }
        if !isVirtual { json.append("shipping_description", "Flat Rate - Fixed") }
        let quantity = items.reduce(Decimal(0)) { $0 + ($1.parentItemID == nil ? $1.quantity : 0) }
        json.append("total_qty_ordered", .number(quantity))
        json.append("total_item_count", .int(items.count { $0.parentItemID == nil }))
        return json
    }

    /// - Parameter type: `billing` or `shipping`.
    func address(type: String) -> JSONObject {
        let (address, buyer) = (placed.address, placed.buyer)
        var json: JSONObject = [
            "address_type": .string(type), "entity_id": .int(entityID * 2 + (type == "billing" ? 0 : 1)),
            "parent_id": .int(entityID), "firstname": .string(buyer.firstName),
            "lastname": .string(buyer.lastName), "street": .array(address.street.map(JSONValue.string)),
            "city": .string(address.city), "postcode": .string(address.postcode),
            "region": .string(address.region), "region_code": .string(address.regionCode),
            "region_id": .int(address.regionID), "country_id": .string(address.countryID),
            "telephone": .string(address.telephone), "email": .string(buyer.email),
        ]
        if let company = address.company { json.append("company", .string(company)) }
        if let vat = buyer.taxVAT { json.append("vat_id", .string(vat)) }
        return json
    }

    var payment: JSONObject {
        var json: JSONObject = [
            "method": .string(placed.paymentMethod), "account_status": .null, "cc_last4": .null,
            "additional_information": [.string(placed.paymentMethod)], "entity_id": .int(entityID),
            "parent_id": .int(entityID), "amount_ordered": .number(amounts.grandTotal),
            "base_amount_ordered": .number(baseAmounts.grandTotal),
        ]
        if let number = placed.purchaseOrderNumber { json.append("po_number", .string(number)) }
        return json
    }

    /// The shipping address is nowhere but here, and absent for a virtual order.
    private var extensionAttributes: JSONObject {
        var shipping: JSONObject = [:]
        if !isVirtual {
            shipping.append("address", .object(address(type: "shipping")))
            shipping.append("method", "flatrate_flatrate")
        }
        shipping.append(
            "total",
            [
                "base_shipping_amount": .number(baseAmounts.shipping), "shipping_amount": .number(amounts.shipping),
            ])
        return [
            "shipping_assignments": [["shipping": .object(shipping), "items": [], "stock_id": 1]],
            "applied_taxes": [
                [
                    "code": "VAT", "title": "VAT", "percent": .number(placed.taxPercent),
                    "amount": .number(amounts.tax), "base_amount": .number(baseAmounts.tax),
                ]
            ],
            "payment_additional_info": [["key": "method_title", "value": .string(placed.paymentMethod)]],
        ]
    }
}

extension OrderAmounts {
    /// - Parameter prefix: Empty for the order's currency, `base_` for the website's.
    func rest(prefix: String) -> JSONObject {
        [
            prefix + "subtotal": .number(subtotal), prefix + "subtotal_incl_tax": .number(subtotalInclTax),
            prefix + "discount_amount": .number(-discount), prefix + "shipping_amount": .number(shipping),
            prefix + "shipping_incl_tax": .number(shippingInclTax),
            prefix + "shipping_tax_amount": .number(shippingTax), prefix + "tax_amount": .number(tax),
            prefix + "discount_tax_compensation_amount": 0, prefix + "grand_total": .number(grandTotal),
            prefix + "total_due": .number(due), prefix + "total_invoiced": .number(invoiced),
            prefix + "total_paid": .number(paid),
        ]
    }
}

extension CommerceOrder.Comment {
    func rest(orderID: Int) -> JSONObject {
        [
            "entity_id": .int(id), "parent_id": .int(orderID), "entity_name": "order",
            "comment": .optional(text), "status": .string(status),
            "is_customer_notified": .int(isCustomerNotified), "is_visible_on_front": .int(isVisibleOnFront),
            "created_at": .string(TimeText(createdAt).commerce),
        ]
    }
}
