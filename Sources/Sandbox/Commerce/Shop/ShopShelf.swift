import JSON

/// What a simulated shop keeps besides orders and invoices.
public enum ShopShelf: String, Sendable, CaseIterable {
    case shipments, creditMemos, returns, customers, groups, companies, credits, creditHistory, quotes, products,
        categories
    case categoryLinks, sourceItems, basePrices, specialPrices, tierPrices, costs, attributeOptions, bulks

    /// The member that numbers a record; `nil` where records are told apart by what they say.
    var key: String? {
        switch self {
        case .shipments, .creditMemos, .returns: "entity_id"
        case .customers, .groups, .companies, .credits, .creditHistory, .quotes, .products, .categories: "id"
        default: nil
        }
    }

    var firstID: Int {
        switch self {
        // 1 and 2 are the tree's root and the root of the shop.
        case .categories: 3
        case .groups: 4
        default: 1
        }
    }
}

/// A record with the columns that a search may name: its members, and `entity_id` for its key.
struct ShelfRow: Searchable {
    let record: JSONObject
    let key: String?

    func column(_ name: String) -> JSONValue? {
        if let value = record[name] { return value }
        if ["entity_id", "customer_group_id"].contains(name), let key { return record[key] }
        return ["email", "website_id", "reseller_id", "sku", "source_code", "updated_at"].contains(name) ? .null : nil
    }
}
