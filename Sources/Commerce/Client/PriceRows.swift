public import Foundation
import JSON

/// A row of one of the price operations.
public protocol PriceRow: Sendable, Equatable {
    var sku: String { get }
}

/// A row that knows how Commerce writes it.
protocol PriceRowJSON: PriceRow {
    init(_ row: JSONNode) throws(OrderReadingError)
    var json: JSONValue { get }
    /// What tells it from other rows of the same SKU, as Commerce repeats it in a refusal.
    var marks: [String] { get }
}

/// The price of a simple, virtual or downloadable product or a fixed bundle, never of a configurable one.
public struct BasePrice: PriceRow, PriceRowJSON {
    public var sku: String
    /// In the website's base currency.
    public var price: Decimal
    /// 0 for all. Ignored where prices are global, and spread over the website's views where they are the website's.
    public var storeID: Int

    public init(sku: String, price: Decimal, storeID: Int = 0) {
        self.sku = sku
        self.price = price
        self.storeID = storeID
    }

    init(_ row: JSONNode) throws(OrderReadingError) {
        self.init(
            sku: try row["sku"].required(row["sku"].text(), "a SKU"), price: try row.price("price"),
            storeID: try row["store_id"].integer() ?? 0)
    }

    var json: JSONValue { ["price": .number(price), "sku": .string(sku), "store_id": .int(storeID)] }
    var marks: [String] { [String(storeID)] }
}

/// A price for a time. On Adobe Commerce (staging) it must begin in the future and overlap no other
/// (AdobeDocs/commerce-webapi#106); Commerce may move its times by a second (magento2#34103).
public struct SpecialPrice: PriceRow, PriceRowJSON {
    public var sku: String
    public var price: Decimal
    public var storeID: Int
    /// `2026-01-01 00:00:00`, in UTC.
    public var from: String
    /// The end, which can misbehave when it is missing (magento2#20347), and which the schema requires.
    public var to: String

    public init(sku: String, price: Decimal, storeID: Int = 0, from: String, to: String) {
        self.sku = sku
        self.price = price
        self.storeID = storeID
        self.from = from
        self.to = to
    }

    init(_ row: JSONNode) throws(OrderReadingError) {
        self.init(
            sku: try row["sku"].required(row["sku"].text(), "a SKU"), price: try row.price("price"),
            storeID: try row["store_id"].integer() ?? 0, from: try row["price_from"].text() ?? "",
            to: try row["price_to"].text() ?? "")
    }

    var json: JSONValue {
        [
            "price": .number(price), "price_from": .string(from), "price_to": .string(to), "sku": .string(sku),
            "store_id": .int(storeID),
        ]
    }
    var marks: [String] { [String(storeID), from, to] }
}

/// A price for a customer group from a quantity on.
public struct TierPrice: PriceRow, PriceRowJSON {
    public enum Kind: String, Sendable, CaseIterable {
        /// An amount in the website's base currency.
        case fixed
        /// A percentage off.
        case discount
    }

    /// The customer group that stands for all of them.
    public static let allGroups = "ALL GROUPS"

    public var sku: String
    public var price: Decimal
    public var kind: Kind
    /// 0 for all.
    public var websiteID: Int
    /// By its code, not its id.
    public var customerGroup: String
    /// Above zero.
    public var quantity: Decimal

    public init(
        sku: String, price: Decimal, kind: Kind = .fixed, websiteID: Int = 0, customerGroup: String = allGroups,
        quantity: Decimal = 1
    ) {
        self.sku = sku
        self.price = price
        self.kind = kind
        self.websiteID = websiteID
        self.customerGroup = customerGroup
        self.quantity = quantity
    }

    init(_ row: JSONNode) throws(OrderReadingError) {
        let kind = try row["price_type"].text().flatMap(Kind.init)
        self.init(
            sku: try row["sku"].required(row["sku"].text(), "a SKU"), price: try row.price("price"),
            kind: try row["price_type"].required(kind, "fixed or discount"),
            websiteID: try row["website_id"].integer() ?? 0, customerGroup: try row["customer_group"].text() ?? "",
            quantity: try row["quantity"].decimal() ?? 1)
    }

    var json: JSONValue {
        [
            "customer_group": .string(customerGroup), "price": .number(price), "price_type": .string(kind.rawValue),
            "quantity": .number(quantity), "sku": .string(sku), "website_id": .int(websiteID),
        ]
    }
    var marks: [String] { [String(websiteID), customerGroup, "\(quantity)"] }
}

/// What a product costs the merchant.
public struct ProductCost: PriceRow, PriceRowJSON {
    public var sku: String
    public var cost: Decimal
    public var storeID: Int

    public init(sku: String, cost: Decimal, storeID: Int = 0) {
        self.sku = sku
        self.cost = cost
        self.storeID = storeID
    }

    init(_ row: JSONNode) throws(OrderReadingError) {
        self.init(
            sku: try row["sku"].required(row["sku"].text(), "a SKU"), cost: try row.price("cost"),
            storeID: try row["store_id"].integer() ?? 0)
    }

    var json: JSONValue { ["cost": .number(cost), "sku": .string(sku), "store_id": .int(storeID)] }
    var marks: [String] { [String(storeID)] }
}

extension JSONNode {
    /// Rounded to what the database keeps: some shops answer 29.949999999999999 for 29.95.
    fileprivate func price(_ name: String) throws(OrderReadingError) -> Decimal {
        try self[name].required(self[name].decimal(), "a price").rounded(places: 4)
    }
}
