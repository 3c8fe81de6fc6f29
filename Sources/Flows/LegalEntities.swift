/// Which F&O legal entity a Commerce store sells for.
public struct LegalEntities: Sendable, Equatable {
    /// `dataAreaId` for stores that are not named; lower case, as F&O stores it.
    public var `default`: String
    /// Commerce store id (of the store view, as orders carry it) → `dataAreaId`, lower case.
    public var stores: [String: String]

    public init(default fallback: String, stores: [String: String] = [:]) {
        self.default = fallback.lowercased()
        self.stores = stores.mapValues { $0.lowercased() }
    }

    /// Each company once, the default first.
    public var all: [String] { [self.default] + Set(stores.values).subtracting([self.default]).sorted() }

    public func dataAreaID(storeID: Int?) -> String {
        storeID.flatMap { stores[String($0)] } ?? self.default
    }
}
