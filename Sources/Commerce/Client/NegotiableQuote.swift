public import JSON

/// A negotiable quote (B2B): a cart with what was negotiated about it.
public struct NegotiableQuote: Sendable, Equatable {
    /// Of the cart, which is the quote's too.
    public var id: Int
    public var storeID: Int?
    public var customerID: Int?
    public var customerEmail: String?
    public var companyID: Int?
    /// `submitted_by_customer`, `ordered`, …; `nil` for a cart about which nobody negotiates.
    public var status: String?
    /// In the cart's sequence.
    public var items: [Item]
    /// As Commerce gave it, for mapping documents.
    public let record: JSONValue

    public struct Item: Sendable, Equatable {
        public var id: Int
        public var sku: String
        public let record: JSONValue
    }

    init(_ cart: JSONNode) throws(OrderReadingError) {
        id = try cart["id"].required(cart["id"].integer(), "a cart's id")
        storeID = try cart["store_id"].integer()
        customerID = try cart["customer"]["id"].integer()
        customerEmail = try cart["customer"]["email"].text()
        let extensions = cart["extension_attributes"]
        companyID = try extensions["company_id"].integer().flatMap { $0 > 0 ? $0 : nil }
        status = try extensions["negotiable_quote"]["status"].text()
        var items: [Item] = []
        for item in try cart["items"].list() {
            items.append(
                Item(
                    id: try item["item_id"].required(item["item_id"].integer(), "an item's id"),
                    sku: try item["sku"].required(item["sku"].text(), "a SKU"), record: item.value ?? .null))
        }
        self.items = items
        record = cart.value ?? .null
    }
}
