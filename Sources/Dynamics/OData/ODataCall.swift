/// Which call an error is about.
public struct ODataCall: Sendable, Equatable, CustomStringConvertible {
    /// `GET`, `POST`, `PATCH` or `DELETE`.
    public var method: String
    public var entitySet: String
    /// The row: `(dataAreaId='usmf',CustomerAccount='C-100042')`; `nil` for a call to the whole set.
    public var key: String?
    /// Where in a batch the call stands: `operation 2 of 5`.
    public var place: String?

    public init(method: String, entitySet: String, key: String? = nil, place: String? = nil) {
        self.method = method
        self.entitySet = entitySet
        self.key = key
        self.place = place
    }

    public var description: String {
        "\(method) \(entitySet)\(key ?? "")\(place.map { " (\($0))" } ?? "")"
    }
}
