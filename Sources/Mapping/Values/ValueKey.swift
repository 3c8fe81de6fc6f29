/// One row of a value table: the word of one platform that stands for a word of the other.
public struct ValueKey: Sendable, Hashable, Codable, CustomStringConvertible {
    /// `shipping-methods`.
    public var table: String
    /// The legal entity (`dataAreaId`, lower case) that the row is for; empty for all of them.
    public var scope: String
    /// The word to be translated, as the source writes it: `flatrate_flatrate`.
    public var key: String

    public init(table: String, scope: String = "", key: String) {
        self.table = table
        self.scope = scope
        self.key = key
    }

    public var description: String { "\(table) \"\(key)\"\(scope.isEmpty ? "" : " (\(scope))")" }
}
