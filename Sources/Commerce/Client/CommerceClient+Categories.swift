import JSON
import Relay

/// A category with what hangs below it.
public struct CommerceCategory: Sendable, Equatable {
    public var id: Int
    public var parentID: Int?
    public var name: String
    public var isActive: Bool
    /// Empty unless the whole tree was asked for.
    public var children: [CommerceCategory]

    init(_ category: JSONNode) throws(OrderReadingError) {
        id = try category["id"].required(category["id"].integer(), "a category's id")
        parentID = try category["parent_id"].integer()
        name = try category["name"].text() ?? ""
        isActive = try category["is_active"].flag() ?? false
        var children: [CommerceCategory] = []
        for child in try category["children_data"].list() { children.append(try CommerceCategory(child)) }
        self.children = children
    }
}

/// What to write of a category; what is `nil` stays as it is.
public struct CategoryDraft: Sendable, Equatable {
    public var parentID: Int?
    public var name: String?
    public var isActive: Bool?
    public var isInMenu: Bool?
    public var customAttributes: [String: String]

    public init(
        parentID: Int? = nil, name: String? = nil, isActive: Bool? = nil, isInMenu: Bool? = nil,
        customAttributes: [String: String] = [:]
    ) {
        self.parentID = parentID
        self.name = name
        self.isActive = isActive
        self.isInMenu = isInMenu
        self.customAttributes = customAttributes
    }

    var json: JSONValue {
        .members([
            "custom_attributes": CustomAttributes.json(customAttributes),
            "include_in_menu": isInMenu.map(JSONValue.bool),
            "is_active": isActive.map(JSONValue.bool), "name": name.map(JSONValue.string),
            "parent_id": parentID.map(JSONValue.int),
        ])
    }
}

extension CommerceClient {
    /// The tree below a root: `GET /V1/categories` (`Magento_Catalog::categories`). Safe to repeat.
    /// - Parameter rootID: `nil` is the root of the store view.
    public func categories(rootID: Int? = nil) async throws -> CommerceCategory {
        let query = rootID.map { "?rootCategoryId=\($0)" } ?? ""
        return try await answer(CommerceOperation.categories.rawValue) {
            try CommerceCategory(JSONNode(value: await call(.categories, query: query)))
        }
    }

    /// `GET /V1/categories/{categoryId}` (`Magento_Catalog::categories`). Safe to repeat.
    /// - Returns: `nil` if the shop has no such category.
    public func category(id: Int) async throws -> CommerceCategory? {
        try await existing(.category, id) { node throws(OrderReadingError) in try CommerceCategory(node) }
    }

    /// `POST /V1/categories` (`Magento_Catalog::categories`). Not safe to repeat: look for its name below its parent
    /// first.
    public func createCategory(_ draft: CategoryDraft) async throws -> CommerceCategory {
        try await answer(CommerceOperation.createCategory.rawValue) {
            try CommerceCategory(
                JSONNode(value: await call(.createCategory, body: ["category": draft.json], scope: .all)))
        }
    }

    /// `PUT /V1/categories/{id}` (`Magento_Catalog::categories`). Safe to repeat.
    public func updateCategory(id: Int, _ draft: CategoryDraft) async throws -> CommerceCategory {
        try await answer(CommerceOperation.updateCategory.rawValue) {
            try CommerceCategory(
                JSONNode(value: await call(.updateCategory, id, body: ["category": draft.json], scope: .all)))
        }
    }

    /// Hangs a category below another one: `PUT /V1/categories/{categoryId}/move` (`Magento_Catalog::categories`).
    /// Safe to repeat.
    public func moveCategory(id: Int, below parentID: Int) async throws {
        try confirmed(await call(.moveCategory, id, body: ["parentId": .int(parentID)]), .moveCategory)
    }

    /// The SKUs of a category with their positions: `GET /V1/categories/{categoryId}/products`
    /// (`Magento_Catalog::categories`). Safe to repeat.
    public func categoryProducts(categoryID: Int) async throws -> [String: Int] {
        let links = try await list(.categoryProducts, categoryID) { node throws(OrderReadingError) in
            (sku: try node["sku"].text() ?? "", position: try node["position"].integer() ?? 0)
        }
        return Dictionary(links.map { ($0.sku, $0.position) }) { first, _ in first }
    }

    /// Puts a product into a category, or moves it there: `PUT /V1/categories/{categoryId}/products`
    /// (`Magento_Catalog::categories`). Safe to repeat.
    public func assignProduct(sku: String, toCategory categoryID: Int, position: Int = 0) async throws {
        let body: JSONValue = [
            "productLink": [
                "category_id": .string(String(categoryID)), "position": .int(position), "sku": .string(sku),
            ]
        ]
        try confirmed(await call(.assignCategoryProduct, categoryID, body: body), .assignCategoryProduct)
    }

    /// `DELETE /V1/categories/{categoryId}/products/{sku}` (`Magento_Catalog::categories`). Safe to repeat: look at
    /// `categoryProducts` if Commerce says that it could not.
    public func removeProduct(sku: String, fromCategory categoryID: Int) async throws {
        try confirmed(await call(.removeCategoryProduct, categoryID, sku), .removeCategoryProduct)
    }
}
