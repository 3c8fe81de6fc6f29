import JSON

/// A store view.
public struct CommerceStoreView: Sendable, Equatable {
    public var id: Int
    public var code: String
    public var name: String
    public var websiteID: Int
}

extension CommerceClient {
    /// `GET /V1/store/storeViews` (`Magento_Backend::store`). Safe to repeat.
    public func storeViews() async throws -> [CommerceStoreView] {
        try await list(.storeViews) { node throws(OrderReadingError) in
            CommerceStoreView(
                id: try node["id"].required(node["id"].integer(), "a store view's id"),
                code: try node["code"].required(node["code"].text(), "a store view's code"),
                name: try node["name"].text() ?? "", websiteID: try node["website_id"].integer() ?? 0)
        }
    }
}
