public import JSON

/// How one field of the target comes about: a row of the table that a consultant would draw.
///
/// What a rule names is done in one sequence: the condition, the source (or the default), split, letters, value table,
/// number, date, and at last the target's own type and length.
public struct FieldRule: Sendable, Equatable {
    public enum Source: Sendable, Equatable {
        /// The first that has a value.
        case first([MappingPath])
        /// All that have a value, with the separator between them. A list's elements count each.
        case joined([MappingPath], separator: String)
        case constant(JSONValue)
        /// A named function, for rules that are truly code.
        case call(String, [MappingPath])
    }

    public var source: Source
    /// Where the source has no value.
    public var fallback: JSONValue?
    /// Without it, or if it holds, the field is sent.
    public var condition: MappingCondition?
    public var split: TextSplit?
    public var letters: LetterCase?
    public var table: TableUse?
    public var number: NumberRule?
    public var date: DateForm?
    /// Whether a text that is too long may be cut. Otherwise the record is refused.
    public var mayCut: Bool
    /// Whether the record is refused where there is no value, although the target could do without.
    public var isRequired: Bool

    public init(
        source: Source, fallback: JSONValue? = nil, condition: MappingCondition? = nil, split: TextSplit? = nil,
        letters: LetterCase? = nil, table: TableUse? = nil, number: NumberRule? = nil, date: DateForm? = nil,
        mayCut: Bool = false, isRequired: Bool = false
    ) {
        self.source = source
        self.fallback = fallback
        self.condition = condition
        self.split = split
        self.letters = letters
        self.table = table
        self.number = number
        self.date = date
        self.mayCut = mayCut
        self.isRequired = isRequired
    }

    /// Every path that the rule looks at.
    public var paths: [MappingPath] {
        let own: [MappingPath] =
            switch source {
            case .first(let paths), .joined(let paths, _), .call(_, let paths): paths
            case .constant: []
            }
        return own + (condition.map { [$0.path] } ?? [])
    }
}

/// `when: { path: order.customer_is_guest, is: 1 }`
public struct MappingCondition: Sendable, Equatable {
    public enum Test: Sendable, Equatable {
        case isPresent(Bool)
        /// Compared as text, so that 1 and "1" are one.
        case isOneOf([String])
        case isNoneOf([String])
    }

    public var path: MappingPath
    public var test: Test

    public init(path: MappingPath, test: Test) {
        self.path = path
        self.test = test
    }
}

/// A part of a text: `split: { at: " ", part: 1 }`; parts count from 1, from the end if negative.
public struct TextSplit: Sendable, Equatable {
    public var separator: String
    public var part: Int

    public init(separator: String, part: Int) {
        self.separator = separator
        self.part = part
    }
}

public enum LetterCase: String, Sendable, CaseIterable {
    case upper, lower
    /// White space at both ends is taken off, and runs of it within become one blank.
    case trim
}

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

/// `number: { round: 2, negate: true }`
public struct NumberRule: Sendable, Equatable {
    /// Decimal places, half away from zero.
    public var places: Int?
    public var isNegated: Bool

    public init(places: Int? = nil, isNegated: Bool = false) {
        self.places = places
        self.isNegated = isNegated
    }
}

/// Commerce's `YYYY-MM-DD HH:MM:SS` in UTC, or an ISO 8601 moment, in the form that the target wants.
public enum DateForm: String, Sendable, CaseIterable {
    /// The day at noon UTC: F&O keeps days as moments, and noon is the same day in every time zone that has orders.
    case noon
    /// `2026-01-15T09:30:00Z`.
    case moment
    /// `2026-01-15`.
    case day
}
