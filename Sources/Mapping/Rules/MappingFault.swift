/// Why a document makes no record of what it was given. A person can mend each of them.
public enum MappingFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// A value table has no such row.
    /// - Parameter column: What the row has to say.
    case missingValue(mapping: String, field: String, ValueKey, column: String)
    /// - Parameter from: Where a value was looked for.
    case nothing(mapping: String, field: String, from: String)
    case tooLong(mapping: String, field: String, found: String, longest: Int)
    case unfit(mapping: String, field: String, found: String, expected: String)
    case unknownMapping(String)

    /// Characters of a text that a message shows.
    public static let foundLimit = 200

    /// The same of a record that is a part of another one: `lines[2]`.
    func within(_ part: String) -> MappingFault {
        switch self {
        case .missingValue(let mapping, let field, let key, let column):
            .missingValue(mapping: mapping, field: "\(part).\(field)", key, column: column)
        case .nothing(let mapping, let field, let from):
            .nothing(mapping: mapping, field: "\(part).\(field)", from: from)
        case .tooLong(let mapping, let field, let found, let longest):
            .tooLong(mapping: mapping, field: "\(part).\(field)", found: found, longest: longest)
        case .unfit(let mapping, let field, let found, let expected):
            .unfit(mapping: mapping, field: "\(part).\(field)", found: found, expected: expected)
        case .unknownMapping: self
        }
    }

    public var description: String {
        switch self {
        case .missingValue(let mapping, let field, let key, let column):
            "\(field) (mapping \(mapping)): the value table has no row \(key) with \(column)."
        case .nothing(let mapping, let field, let from):
            "\(field) (mapping \(mapping)): nothing stands at \(from); expected a value."
        case .tooLong(let mapping, let field, let found, let longest):
            "\(field) (mapping \(mapping)): \"\(found.prefix(Self.foundLimit))\" has \(found.utf16.count) characters; expected at most "
                + "\(longest)."
        case .unfit(let mapping, let field, let found, let expected):
            "\(field) (mapping \(mapping)): found \(found); expected \(expected)."
        case .unknownMapping(let name):
            "There is no mapping document \(name)."
        }
    }
}
