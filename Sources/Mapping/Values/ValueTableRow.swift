/// A row of a value table with its values.
public struct ValueTableRow: Sendable, Hashable {
    public var key: ValueKey
    /// Column → value; what is not there is empty.
    public var columns: [String: String]

    public init(_ key: ValueKey, _ columns: [String: String]) {
        self.key = key
        self.columns = columns
    }
}
