import HTTPTypes
import JSON

/// The operations that take lists of prices: rows that can't be written are told inside a 200.
extension ShopDesk {
    static let priceHandlers: [String: Handler] = [
        "POST /V1/products/base-prices": writing(.basePrices, by: ["sku", "store_id"]),
        "POST /V1/products/base-prices-information": reading(.basePrices),
        "POST /V1/products/special-price": writing(.specialPrices, by: ["sku", "store_id", "price_from"]),
        "POST /V1/products/special-price-information": reading(.specialPrices),
        "POST /V1/products/special-price-delete": deleting(.specialPrices, by: ["sku", "store_id", "price_from"]),
        "POST /V1/products/tier-prices": writing(.tierPrices, by: tierKey),
        "POST /V1/products/tier-prices-information": reading(.tierPrices),
        "POST /V1/products/tier-prices-delete": deleting(.tierPrices, by: tierKey),
        "POST /V1/products/cost": writing(.costs, by: ["sku", "store_id"]),
        "PUT /V1/products/tier-prices": { desk, call throws(CommerceRefusal) in
            let skus = Set(call.list("prices").compactMap { $0["sku"]?.stringValue })
            try desk.shelves.change { state throws(CommerceRefusal) in
                state[.tierPrices].removeAll { skus.contains($0["sku"]?.stringValue ?? "") }
            }
            return try desk.write(call.list("prices"), to: .tierPrices, by: tierKey)
        },
    ]

    private static let tierKey = ["sku", "website_id", "customer_group", "quantity"]

    private static func writing(_ shelf: ShopShelf, by key: [String]) -> Handler {
        { desk, call throws(CommerceRefusal) in try desk.write(call.list("prices"), to: shelf, by: key) }
    }

    private static func reading(_ shelf: ShopShelf) -> Handler {
        { desk, call throws(CommerceRefusal) in
            let skus = Set((call.body["skus"]?.arrayValue ?? []).compactMap(\.stringValue))
            return .array(
                desk.shelves[shelf].filter { skus.contains($0["sku"]?.stringValue ?? "") }.map(JSONValue.object))
        }
    }

    private static func deleting(_ shelf: ShopShelf, by key: [String]) -> Handler {
        { desk, call throws(CommerceRefusal) in
            try desk.shelves.change { state throws(CommerceRefusal) in
                for row in call.list("prices") {
                    state[shelf].removeAll { old in key.allSatisfy { old[$0] == row[$0] } }
                }
            }
            return []
        }
    }

    private func write(
        _ rows: [JSONObject], to shelf: ShopShelf, by key: [String]
    ) throws(CommerceRefusal) -> JSONValue {
        // As older versions do (magento2#35922).
        guard !rows.isEmpty else {
            throw CommerceRefusal(
                status: .internalServerError,
                message: "Internal Error. Details are available in Magento log file. Report ID: webapi-65a1f3c2b7d41")
        }
        var refusals: [JSONValue] = []
        var good: [JSONObject] = []
        for row in rows {
            if let refusal = refusal(of: row) { refusals.append(refusal) } else { good.append(row) }
        }
        try shelves.change { state throws(CommerceRefusal) in
            for row in good {
                state[shelf].removeAll { old in key.allSatisfy { old[$0] == row[$0] } }
                _ = state.add(shelf, row)
            }
        }
        return .array(refusals)
    }

    /// One of them has a list of values, the other one names them, as some operations do.
    private func refusal(of row: JSONObject) -> JSONValue? {
        let sku = row["sku"]?.stringValue ?? ""
        if !hasProduct(sku) || faults.plan.refusedPriceSKUs.contains(sku) {
            return [
                "message": "Invalid attribute %fieldName = %fieldValue.", "parameters": ["SKU", .string(sku)],
            ]
        }
        let groups = ["ALL GROUPS"] + shelves[.groups].compactMap { $0["code"]?.stringValue }
        if let group = row["customer_group"]?.stringValue, !groups.contains(group) {
            return [
                "message":
                    "No such entity with %fieldName = %fieldValue. Row ID: SKU = %SKU, Customer Group: %group.",
                "parameters": [
                    "fieldName": "Customer Group", "fieldValue": .string(group), "SKU": .string(sku),
                    "group": .string(group),
                ],
            ]
        }
        if let store = row["store_id"]?.intValue, ![0, 1, 2].contains(store) {
            return [
                "message": "Requested store is not found. Row ID: SKU = %SKU, Store ID: %storeId.",
                "parameters": [.string(sku), .string(String(store))],
            ]
        }
        return nil
    }
}
