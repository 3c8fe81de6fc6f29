import Foundation
import JSON

/// Which observer the shop has hooked.
public enum WebhookEvent: String, Sendable {
    /// While the order is being placed: neither the order nor its rows have ids yet.
    case placeAfter = "sales_order_place_after"
    /// After the order is in the database: with ids.
    case saveCommitAfter = "sales_order_save_commit_after"
}

/// The body of an observer webhook: the order as PHP holds it, which differs from the REST shape. Addresses are a
/// list, numbers are now numbers and now strings, and what is empty is `[]`.
struct WebhookPayload {
    let order: CommerceOrder
    let event: WebhookEvent

    var bytes: [UInt8] {
        JSONWriter.bytes(
            ["subject": [], "eventName": .string(event.rawValue), "data": ["order": .object(orderJSON)]],
            style: .php)
    }

    private var hasIDs: Bool { event == .saveCommitAfter }

    private var orderJSON: JSONObject {
        var json: JSONObject = [:]
        for field in order.rest.fields where !Self.restOnly.contains(field.key) {
            json.append(field.key, loose(field.key, field.value))
        }
        if hasIDs { json["entity_id"] = .string(String(order.entityID)) } else { json["entity_id"] = nil }
        if !order.isVirtual { json.append("shipping_method", "flatrate_flatrate") }
        json.append("items", .array(items))
        json.append("addresses", .array(addresses))
        json.append("payment", .object(payment))
        json.append("status_histories", [])
        json.append("extension_attributes", [])
        json.append("gift_cards", "[]")
        return json
    }

    /// Shown in another form, or not at all, by the observer.
    private static let restOnly: Set = [
        "items", "billing_address", "payment", "status_histories", "extension_attributes", "shipping_assignments",
    ]

    /// Written as text by PHP because they came from the database or a form; amounts just computed are floats.
    private static let textual: Set = [
        "store_id", "is_virtual", "quote_id", "base_to_order_rate", "tax_percent", "price", "base_price",
        "original_price", "base_original_price", "product_id", "discount_percent",
    ]
    private static let counts: Set = ["customer_is_guest", "customer_id", "customer_group_id", "total_item_count"]

    private func loose(_ key: String, _ value: JSONValue) -> JSONValue {
        guard let number = value.numberValue, !Self.counts.contains(key) else { return value }
        guard Self.textual.contains(key) else { return key.contains("qty") ? value : .float(number) }
        return .string(key.hasSuffix("_id") || key == "is_virtual" ? number.description : number.fourPlaces)
    }

    private var items: [JSONValue] {
        let parents = Dictionary(uniqueKeysWithValues: order.items.map { ($0.itemID, $0) })
        return order.items.map { item in
            var json: JSONObject = [:]
            for field in item.rest(orderID: order.entityID, storeID: order.placed.storeID).fields {
                switch field.key {
                case "item_id", "order_id", "parent_item_id":
                    if hasIDs { json.append(field.key, .string(field.value.intValue.map(String.init) ?? "")) }
                default: json.append(field.key, loose(field.key, field.value))
                }
            }
            json.append("quote_item_id", .string(String(item.itemID + 10_000)))
            // Without ids, the parent can only be told by the object itself.
            if let parent = item.parentItemID.flatMap({ parents[$0] }) {
                json.append(
                    "parent_item",
                    [
                        "sku": .string(parent.sku), "product_type": .string(parent.productType),
                        "quote_item_id": .string(String(parent.itemID + 10_000)),
                        "qty_ordered": .number(parent.quantity),
                    ])
            }
            json.append("extension_attributes", [])
            return .object(json)
        }
    }

    private var addresses: [JSONValue] {
        (order.isVirtual ? ["billing"] : ["shipping", "billing"]).map { type in
            var json = order.address(type: type)
            json["region_id"] = .string(String(order.placed.address.regionID))
            // Lines of a street are one text in the database.
            json["street"] = .string(order.placed.address.street.joined(separator: "\n"))
            if !hasIDs {
                json["entity_id"] = nil
                json["parent_id"] = nil
            }
            return .object(json)
        }
    }

    private var payment: JSONObject {
        var json = order.payment
        json["additional_data"] = .null
        json["additional_information"] = ["method_title": .string(order.placed.paymentMethod)]
        if !hasIDs {
            json["entity_id"] = nil
            json["parent_id"] = nil
        }
        return json
    }
}
