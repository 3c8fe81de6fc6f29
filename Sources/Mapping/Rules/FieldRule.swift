public import JSON

/// How one field of the target comes about: a row of the table that a consultant would draw.
///
/// What a rule names is done in one sequence: the conditions, the source (or the default), split, replace, letters,
/// value table, number, date, padding, and at last the target's own type and length.
public struct FieldRule: Sendable, Equatable {
    public enum Source: Sendable, Equatable {
        /// The first that has a value.
        case first([MappingPath])
        /// All that have a value, with the separator between them. A list's elements count each.
        case joined([MappingPath], separator: String)
        case constant(JSONValue)
        /// A named function, for rules that are truly code.
        case call(String, [MappingPath])
        /// A repeated part: one record for each element of a list, by a document of its own, whose paths begin with
        /// `root` for the element. What this document reads, that one may read too.
        case each(MappingPath, mapping: String, root: String)
    }

    /// What is taken where the source has no value. It is sent as it stands, without the rule's other parts.
    public enum Fallback: Sendable, Equatable {
        case constant(JSONValue)
        case first([MappingPath])
    }

    public var source: Source
    public var fallback: Fallback?
    /// The field is sent if all of them hold.
    public var conditions: [MappingCondition]
    public var split: TextSplit?
    public var replacements: [TextReplacement]
    /// One after the other.
    public var letters: [LetterCase]
    public var table: TableUse?
    public var number: NumberRule?
    public var date: DateRule?
    public var padding: TextPadding?
    /// Whether a text that is too long may be cut. Otherwise the record is refused.
    public var mayCut: Bool
    /// Whether the record is refused where there is no value, although the target could do without.
    public var isRequired: Bool

    public init(
        source: Source, fallback: Fallback? = nil, conditions: [MappingCondition] = [], split: TextSplit? = nil,
        replacements: [TextReplacement] = [], letters: [LetterCase] = [], table: TableUse? = nil,
        number: NumberRule? = nil, date: DateRule? = nil, padding: TextPadding? = nil, mayCut: Bool = false,
        isRequired: Bool = false
    ) {
        self.source = source
        self.fallback = fallback
        self.conditions = conditions
        self.split = split
        self.replacements = replacements
        self.letters = letters
        self.table = table
        self.number = number
        self.date = date
        self.padding = padding
        self.mayCut = mayCut
        self.isRequired = isRequired
    }

    /// Every path that the rule looks at.
    public var paths: [MappingPath] {
        let own: [MappingPath] =
            switch source {
            case .first(let paths), .joined(let paths, _), .call(_, let paths): paths
            case .each(let path, _, _): [path]
            case .constant: []
            }
        let fallback: [MappingPath] = if case .first(let paths)? = fallback { paths } else { [] }
        return own + fallback + conditions.map(\.path)
    }

    /// Whether there is more to the rule than its source.
    var isPlain: Bool { self == FieldRule(source: source) }
}
