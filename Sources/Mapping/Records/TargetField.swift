/// A field that a document may fill, as the target platform describes it.
public struct TargetField: Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// - Parameter longest: In UTF-16 units, as F&O counts; `nil` where nobody says.
        case text(longest: Int?)
        case decimal
        case integer
        /// A day or a moment as text.
        case date
        /// F&O's `Yes` and `No`.
        case noYes
        case boolean
        case choice([String])
    }

    public var name: String
    public var kind: Kind
    public var isRequired: Bool
    /// For the field table, in a few words.
    public var note: String

    public init(_ name: String, _ kind: Kind, required: Bool = false, note: String = "") {
        self.name = name
        self.kind = kind
        self.isRequired = required
        self.note = note
    }
}

/// All fields of one kind of record that documents may fill: `dynamics.SalesOrderHeader`.
public struct TargetRecord: Sendable, Equatable {
    public let name: String
    /// Fields by name.
    public let fields: [String: TargetField]
    /// Fields that the flow fills itself, because the record is found again by them.
    public let owned: Set<String>

    public init(_ name: String, owned: Set<String> = [], _ fields: [TargetField]) {
        self.name = name
        self.owned = owned
        self.fields = Dictionary(fields.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }
}
