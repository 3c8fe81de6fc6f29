/// A look-up in a value table.
public struct TableUse: Sendable, Equatable {
    public enum WhenMissing: String, Sendable, CaseIterable {
        /// The record is parked, with the row to add.
        case park
        /// The source's own word is sent.
        case same
        /// The field is left out, or its default is taken.
        case leave
    }

    public var table: String
    /// Which column's value is taken.
    public var column: String
    /// From the column to the key instead.
    public var isReversed: Bool
    public var whenMissing: WhenMissing

    public init(table: String, column: String, isReversed: Bool = false, whenMissing: WhenMissing = .park) {
        self.table = table
        self.column = column
        self.isReversed = isReversed
        self.whenMissing = whenMissing
    }
}
