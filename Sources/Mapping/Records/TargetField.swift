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
        /// A list of texts, such as the lines of a street.
        case texts(longest: Int?)
        /// A list of records of their own: a repeated part.
        /// - Parameter record: The target record's name.
        case records(String)
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

extension TargetField.Kind {
    /// For people: `text (60)`.
    public var label: String {
        switch self {
        case .text(let longest): longest.map { "text (\($0))" } ?? "text"
        case .decimal: "number"
        case .integer: "whole number"
        case .date: "date"
        case .noYes: "Yes or No"
        case .boolean: "true or false"
        case .choice(let words): words.joined(separator: " | ")
        case .texts(let longest): longest.map { "list of texts (\($0))" } ?? "list of texts"
        case .records(let record): "list of \(record)"
        }
    }
}
