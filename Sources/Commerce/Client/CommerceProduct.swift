public import Foundation
import JSON

/// A product as the shop keeps it.
public struct CommerceProduct: Sendable, Equatable {
    public var id: Int
    public var sku: String
    public var name: String?
    public var attributeSetID: Int?
    public var price: Decimal?
    public var isEnabled: Bool?
    /// `simple`, `configurable`, `bundle`, `virtual`, `grouped`, `downloadable`, …
    public var typeID: String?
    public var updatedAt: String?
    /// Select attributes hold the ids of their options.
    public var customAttributes: [String: String]

    init(_ product: JSONNode) throws(OrderReadingError) {
        id = try product["id"].required(product["id"].integer(), "a product's id")
        sku = try product["sku"].required(product["sku"].text(), "a SKU")
        name = try product["name"].text()
        attributeSetID = try product["attribute_set_id"].integer()
        // Some shops answer 29.949999999999999 for 29.95.
        price = try product["price"].decimal()?.rounded(places: 4)
        isEnabled = try product["status"].integer().map { $0 == 1 }
        typeID = try product["type_id"].text()
        updatedAt = try product["updated_at"].text()
        var attributes: [String: String] = [:]
        for attribute in try product["custom_attributes"].list() {
            // Lists and objects are left out: those attributes are not ours to write.
            guard let code = try attribute["attribute_code"].text() else { continue }
            switch attribute["value"].value {
            case .string(let text): attributes[code] = text
            case .number(let number): attributes[code] = number.text
            default: continue
            }
        }
        customAttributes = attributes
    }
}

/// What to write of a product; what is `nil` stays as it is. `null` would not clear anything, an empty text does
/// where the attribute allows it.
public struct ProductDraft: Sendable, Equatable {
    public enum Visibility: Int, Sendable, CaseIterable {
        case none = 1
        case catalog = 2
        case search = 3
        case both = 4
    }

    public var sku: String
    public var name: String?
    /// Required for a new product; 4 is the one that a shop begins with.
    public var attributeSetID: Int?
    /// In the website's base currency.
    public var price: Decimal?
    public var isEnabled: Bool?
    public var visibility: Visibility?
    /// Required for a new product.
    public var typeID: String?
    public var weight: Decimal?
    public var websiteIDs: [Int]?
    /// Category ids with the product's position.
    public var categories: [Int: Int]?
    public var customAttributes: [String: String]

    public init(
        sku: String, name: String? = nil, attributeSetID: Int? = nil, price: Decimal? = nil, isEnabled: Bool? = nil,
        visibility: Visibility? = nil, typeID: String? = nil, weight: Decimal? = nil, websiteIDs: [Int]? = nil,
        categories: [Int: Int]? = nil, customAttributes: [String: String] = [:]
    ) {
        self.sku = sku
        self.name = name
        self.attributeSetID = attributeSetID
        self.price = price
        self.isEnabled = isEnabled
        self.visibility = visibility
        self.typeID = typeID
        self.weight = weight
        self.websiteIDs = websiteIDs
        self.categories = categories
        self.customAttributes = customAttributes
    }

    /// The whole body; `saveOptions` is about custom options, which are never part of it.
    var body: JSONValue { ["product": json] }

    private var json: JSONValue {
        .members([
            "attribute_set_id": attributeSetID.map(JSONValue.int),
            "custom_attributes": CustomAttributes.json(customAttributes), "extension_attributes": extensionAttributes,
            "name": name.map(JSONValue.string), "price": price.map(JSONValue.number), "sku": .string(sku),
            "status": isEnabled.map { $0 ? 1 : 2 }, "type_id": typeID.map(JSONValue.string),
            "visibility": visibility.map { .int($0.rawValue) }, "weight": weight.map(JSONValue.number),
        ])
    }

    private var extensionAttributes: JSONValue? {
        guard categories != nil || websiteIDs != nil else { return nil }
        let links = categories?.sorted { $0.key < $1.key }.map { link -> JSONValue in
            ["category_id": .string(String(link.key)), "position": .int(link.value)]
        }
        return .members([
            "category_links": links.map(JSONValue.array),
            "website_ids": websiteIDs.map { .array($0.map(JSONValue.int)) },
        ])
    }
}
