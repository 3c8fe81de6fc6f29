/// What documents may read of one kind of record: `order`, `line`.
public struct SourceRecord: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        case text, number, flag, date
        /// - Parameter fields: `nil` where anything may stand, such as extension attributes.
        case object([String: Kind]?)
        indirect case list(Kind)
    }

    /// The first word of paths.
    public let root: String
    public let fields: [String: Kind]
    /// Whether fields that are not listed may be read too: a platform's record has more than its schema says.
    public let isOpen: Bool

    public init(_ root: String, isOpen: Bool = false, _ fields: [String: Kind]) {
        self.root = root
        self.fields = fields
        self.isOpen = isOpen
    }
}
