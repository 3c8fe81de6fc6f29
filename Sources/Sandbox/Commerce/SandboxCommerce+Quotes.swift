public import Foundation
import JSON

/// A thing that somebody wants a better price for.
public struct SandboxQuoteItem: Sendable, Equatable {
    public var id: Int
    public var sku: String
    public var quantity: Decimal
    public var price: Decimal
    /// In per cent; `nil` where nothing was negotiated about this item.
    public var percentOff: Decimal?

    public init(id: Int, sku: String, quantity: Decimal = 1, price: Decimal, percentOff: Decimal? = nil) {
        self.id = id
        self.sku = sku
        self.quantity = quantity
        self.price = price
        self.percentOff = percentOff
    }

    fileprivate var json: JSONValue {
        var negotiated: JSONObject = ["item_id": .int(id), "original_price": .number(price)]
        if let percentOff {
            negotiated["extension_attributes"] = [
                "negotiated_price_type": 1, "negotiated_price_value": .number(percentOff),
            ]
        }
        return [
            "item_id": .int(id), "sku": .string(sku), "qty": .number(quantity), "name": .string(sku),
            "price": .number(price), "product_type": "simple", "quote_id": "1",
            "extension_attributes": ["negotiable_quote_item": .object(negotiated)],
        ]
    }
}

extension SandboxCommerce {
    /// A buyer asks for a quote, as a cart about which is negotiated.
    /// - Returns: The quote's id.
    public func addQuote(customer id: Int, email: String, _ items: [SandboxQuoteItem], company: Int? = nil) -> Int {
        var extensions: JSONObject = [
            "negotiable_quote": [
                "is_regular_quote": true, "status": "submitted_by_customer", "quote_name": "Office",
                "expiration_period": "2027-01-31",
                "original_total_price": .number(items.reduce(0) { $0 + $1.price * $1.quantity }),
            ]
        ]
        if let company { extensions["company_id"] = .int(company) }
        let made = desk.shelves.add(
            .quotes,
            [
                "store_id": 1, "created_at": .string(desk.date), "updated_at": .string(desk.date),
                "is_active": true, "customer": ["id": .int(id), "email": .string(email)],
                "currency": ["quote_currency_code": "EUR", "base_currency_code": "EUR"],
                "items": .array(items.map(\.json)), "extension_attributes": .object(extensions),
            ])
        return made["id"]?.intValue ?? 0
    }

    /// Somebody changes a quote, and its webhook is sent.
    /// - Returns: The status of the answer; `nil` if none came.
    @discardableResult
    public func saveQuote(
        _ id: Int, status: String? = nil, items: [SandboxQuoteItem]? = nil, amountOff: Decimal? = nil
    ) async throws(SandboxError) -> Int? {
        try await save(.quote, id: id) { quote in
            if let items { quote["items"] = .array(items.map(\.json)) }
            var extensions = quote["extension_attributes"]?.objectValue ?? [:]
            var negotiable = extensions["negotiable_quote"]?.objectValue ?? [:]
            if let status { negotiable["status"] = .string(status) }
            if let amountOff {
                negotiable["negotiated_price_type"] = 2
                negotiable["negotiated_price_value"] = .number(amountOff)
            }
            extensions["negotiable_quote"] = .object(negotiable)
            quote["extension_attributes"] = .object(extensions)
        }
    }
}
