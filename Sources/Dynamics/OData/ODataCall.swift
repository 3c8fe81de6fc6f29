/// Which call an error is about.
public struct ODataCall: Sendable, Equatable, CustomStringConvertible {
    /// `GET` or `POST`.
    public var method: String
    public var entitySet: String

    public init(method: String, entitySet: String) {
        self.method = method
        self.entitySet = entitySet
    }

    public var description: String { "\(method) \(entitySet)" }
}
