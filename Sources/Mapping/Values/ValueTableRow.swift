/// A row of a value table with its values.
public struct ValueTableRow: Sendable, Hashable {
    public var key: ValueKey
    /// Column → value; what is not there is empty.
    public var columns: [String: String]

    public init(_ key: ValueKey, _ columns: [String: String]) {
        self.key = key
        self.columns = columns
    }

    /// What a record may wait for that this row brings: its key, or a value where it was looked up the other way
    /// round.
    public var awaitedTexts: Set<String> {
        var key = key
        return Set(
            ([key.key] + columns.values).map { word in
                key.key = word
                return key.text
            })
    }
}
