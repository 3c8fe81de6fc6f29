import JSON
import Relay

extension CommerceClient {
    /// `GET /V1/products/{sku}` (`Magento_Catalog::products`). Safe to repeat.
    /// - Parameter scope: Whose values; `.all` is refused for reads by versions before 2.4.
    /// - Returns: `nil` if the shop has no such product.
    public func product(sku: String, scope: StoreScope = .configured) async throws -> CommerceProduct? {
        try await existing(.product, sku, scope: scope) { node throws(OrderReadingError) in try CommerceProduct(node)
        }
    }

    /// The products of these SKUs that exist: `GET /V1/products` (`Magento_Catalog::products`). Safe to repeat.
    /// - Parameter skus: Those with a comma are asked for one by one, since the filter has no way to write one.
    public func products(skus: [String]) async throws -> [CommerceProduct] {
        var products: [CommerceProduct] = []
        for batch in skus.filter({ !$0.contains(",") }).inParts(of: CommerceClient.skusPerSearch) {
            products += try await searchAll(.searchProducts, [[.any("sku", of: batch)]], key: \.id) {
                node throws(OrderReadingError) in try CommerceProduct(node)
            }
        }
        for sku in skus where sku.contains(",") {
            if let product = try await product(sku: sku) { products.append(product) }
        }
        return products
    }

    /// SKUs have up to 64 characters, and a URL some thousand.
    static let skusPerSearch = 40

    /// Creates a product, or updates the one of this SKU: `POST /V1/products` (`Magento_Catalog::products`). Safe to
    /// repeat.
    /// - Parameter scope: `.all` for values that hold everywhere, which is what an ERP means.
    public func createProduct(_ draft: ProductDraft, scope: StoreScope = .all) async throws -> CommerceProduct {
        try await answer(CommerceOperation.createProduct.rawValue) {
            try CommerceProduct(JSONNode(value: await call(.createProduct, body: draft.body, scope: scope)))
        }
    }

    /// Updates a product that exists: `PUT /V1/products/{sku}` (`Magento_Catalog::products`). Safe to repeat.
    /// - Parameter scope: `.all` for values that hold everywhere; under a store view's code they become that view's
    ///   own (magento2#9186).
    /// - Throws: A `CommerceFault` of the kind `rejected` if parts are missing because there is no such product.
    public func updateProduct(_ draft: ProductDraft, scope: StoreScope = .all) async throws -> CommerceProduct {
        try await answer(CommerceOperation.updateProduct.rawValue) {
            try CommerceProduct(
                JSONNode(value: await call(.updateProduct, draft.sku, body: draft.body, scope: scope)))
        }
    }

    /// `DELETE /V1/products/{sku}` (`Magento_Catalog::products`). Safe to repeat: gone is what was wanted.
    public func deleteProduct(sku: String) async throws {
        do {
            _ = try await call(.deleteProduct, sku)
        } catch let fault as CommerceFault where fault.kind == .notFound {}
    }

    /// The options of a select attribute: `GET /V1/products/attributes/{attributeCode}/options`
    /// (`Magento_Catalog::attributes_attributes`). Safe to repeat.
    public func attributeOptions(code: String) async throws -> [AttributeOption] {
        try await list(.attributeOptions, code) { node throws(OrderReadingError) in
            AttributeOption(label: try node["label"].text() ?? "", value: try node["value"].text() ?? "")
        }
    }

    /// `POST /V1/products/attributes/{attributeCode}/options` (`Magento_Catalog::attributes_attributes`). Not safe to
    /// repeat: look for its label in `attributeOptions` first, and ask for them afterwards, since the id in the answer
    /// has had several forms (`id_5432`).
    public func createAttributeOption(code: String, label: String) async throws {
        let body: JSONValue = ["option": ["label": .string(label)]]
        try await recordLocks.withLock("attribute \(code)") {
            _ = try await call(.createAttributeOption, code, body: body)
        }
    }
}

/// A choice of a select attribute.
public struct AttributeOption: Sendable, Equatable {
    public var label: String
    /// Its id, which products carry as their value.
    public var value: String
}

extension Array {
    /// - Parameter size: Above zero.
    func inParts(of size: Int) -> [[Element]] {
        stride(from: 0, to: count, by: size).map { Array(self[$0..<Swift.min($0 + size, count)]) }
    }
}
