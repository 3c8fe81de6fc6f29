/// The values that a route's placeholders took, percent-decoded.
public struct PathParameters: Sendable, Equatable {
    private var values: [String: String]

    public init(_ values: [String: String] = [:]) { self.values = values }

    /// The value of `{name}`; empty if the route has no such placeholder.
    public subscript(_ name: String) -> String { values[name] ?? "" }
}
