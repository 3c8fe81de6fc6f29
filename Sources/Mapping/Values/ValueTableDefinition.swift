/// A value table: what its keys are, and which words stand beside each.
public struct ValueTableDefinition: Sendable, Hashable {
    /// Whose words the keys are; the columns hold those of the other.
    public enum Side: String, Sendable, CaseIterable {
        /// Commerce's codes differ by case: `VISA` and `visa` are two.
        case commerce
        /// F&O's codes don't, whatever case a record or an export writes them in.
        case dynamics
    }

    /// `shipping-methods`.
    public var name: String
    /// What the key is called where it comes from: `sku`.
    public var key: String
    /// In the words of the fields that they fill: `ItemNumber`.
    public var columns: [String]
    public var keysOf: Side
    /// One sentence for a person.
    public var summary: String

    public init(name: String, key: String, columns: [String], keysOf: Side = .commerce, summary: String = "") {
        self.name = name
        self.key = key
        self.columns = columns
        self.keysOf = keysOf
        self.summary = summary
    }

    /// The name of the column with the legal entity, where a table is written as rows of text; no other may have it.
    public static let scopeColumn = "legalEntity"

    /// Characters of a table's name.
    public static let nameLimit = 40
    /// Characters of a column's name.
    public static let columnNameLimit = 80
    /// Columns of one table, the key left out.
    public static let columnLimit = 50
    /// Characters of a key.
    public static let keyLimit = 200
    /// Characters of a value.
    public static let valueLimit = 500
    /// Rows of one table.
    public static let rowLimit = 200_000

    /// Lower-case letters, digits and dashes, a letter first: it stands in addresses and commands.
    public static func isName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, ("a"..."z").contains(first) else { return false }
        return text.unicodeScalars.count <= nameLimit
            && text.unicodeScalars.allSatisfy { ("a"..."z").contains($0) || ("0"..."9").contains($0) || $0 == "-" }
    }

    /// As fields of both platforms are named: letters, digits and underscores, a letter first.
    public static func isColumnName(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, first.isASCIILetter else { return false }
        return text.unicodeScalars.count <= columnNameLimit && text != scopeColumn
            && text.unicodeScalars.allSatisfy { $0.isASCIILetter || ("0"..."9").contains($0) || $0 == "_" }
    }

    /// What two keys have in common that mean the same row.
    public func comparable(key: String) -> String { keysOf == .dynamics ? key.lowercased() : key }

    /// The same for values.
    public func comparable(value: String) -> String { keysOf == .commerce ? value.lowercased() : value }
}

extension Unicode.Scalar {
    fileprivate var isASCIILetter: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
