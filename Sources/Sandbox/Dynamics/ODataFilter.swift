import Foundation
import JSON

/// A `$filter` with the operators that F&O has: comparisons, `and`, `or`, `not`, parentheses; no functions, no `in`.
indirect enum ODataFilter: Equatable {
    enum Comparison: String {
        case eq, ne, gt, ge, lt, le
    }

    case compare(property: String, Comparison, JSONValue)
    case and(ODataFilter, ODataFilter)
    case or(ODataFilter, ODataFilter)
    case not(ODataFilter)

    /// Parsed and checked against the properties of the set.
    init(_ text: String, _ schema: EntitySchema) throws(ODataRefusal) {
        var parser = Parser(tokens: try ODataLexer.tokens(text)[...], schema: schema)
        self = try parser.disjunction(depth: 0)
        if let extra = parser.tokens.first { throw Parser.unexpected(extra) }
    }

    /// - Parameter value: The row's value of a property.
    func matches(_ value: (String) -> JSONValue) -> Bool {
        switch self {
        case .compare(let property, let comparison, let literal):
            Self.compare(value(property), comparison, literal)
        case .and(let left, let right): left.matches(value) && right.matches(value)
        case .or(let left, let right): left.matches(value) || right.matches(value)
        case .not(let inner): !inner.matches(value)
        }
    }

    /// Values that a string property must equal for any row to match: what an index can use.
    func requiredValues() -> [String: String] {
        switch self {
        case .compare(let property, .eq, .string(let text)) where !text.contains("*"): [property: text]
        case .and(let left, let right): left.requiredValues().merging(right.requiredValues()) { first, _ in first }
        default: [:]
        }
    }

    private static func compare(_ value: JSONValue, _ comparison: Comparison, _ literal: JSONValue) -> Bool {
        if let a = value.numberValue, let b = literal.numberValue { return ordered(a, comparison, b) }
        guard let a = value.stringValue?.lowercased(), let b = literal.stringValue?.lowercased() else { return false }
        // F&O takes an asterisk in a compared string for a wildcard, wanted or not.
        guard b.contains("*"), comparison == .eq || comparison == .ne else { return ordered(a, comparison, b) }
        return Wildcard.matches(a, pattern: b) == (comparison == .eq)
    }

    private static func ordered<Value: Comparable>(_ a: Value, _ comparison: Comparison, _ b: Value) -> Bool {
        switch comparison {
        case .eq: a == b
        case .ne: a != b
        case .gt: a > b
        case .ge: a >= b
        case .lt: a < b
        case .le: a <= b
        }
    }
}

extension ODataFilter {
    /// Recursive descent; `or` binds weaker than `and`, `and` weaker than `not`.
    private struct Parser {
        /// Deeper nesting is refused.
        static let maxDepth = 32

        var tokens: ArraySlice<ODataToken>
        let schema: EntitySchema

        mutating func disjunction(depth: Int) throws(ODataRefusal) -> ODataFilter {
            var left = try conjunction(depth: depth)
            while take(.word("or")) { left = .or(left, try conjunction(depth: depth)) }
            return left
        }

        private mutating func conjunction(depth: Int) throws(ODataRefusal) -> ODataFilter {
            var left = try factor(depth: depth)
            while take(.word("and")) { left = .and(left, try factor(depth: depth)) }
            return left
        }

        private mutating func factor(depth: Int) throws(ODataRefusal) -> ODataFilter {
            guard depth < Self.maxDepth else { throw .malformed("The expression is nested too deeply.") }
            if take(.word("not")) { return .not(try factor(depth: depth + 1)) }
            if take(.open) {
                let inner = try disjunction(depth: depth + 1)
                guard take(.close) else { throw Self.unexpected(tokens.first, expected: "a closing parenthesis") }
                return inner
            }
            return try comparison()
        }

        private mutating func comparison() throws(ODataRefusal) -> ODataFilter {
            guard case .word(let name)? = tokens.popFirst() else {
                throw .malformed("Syntax error: a property name was expected.")
            }
            guard tokens.first != .open else { throw .malformed("Function '\(name)' is not supported in $filter.") }
            guard let property = schema.property(name) else { throw .unknownProperty(name, schema) }
            guard case .word(let symbol)? = tokens.popFirst(), let comparison = Comparison(rawValue: symbol) else {
                throw .malformed("Syntax error: eq, ne, gt, ge, lt or le was expected after '\(name)'.")
            }
            guard case .literal(let literal)? = tokens.popFirst() else {
                throw .malformed("Syntax error: a literal was expected after '\(name) \(symbol)'.")
            }
            let value = try literal.value(of: property)
            if case .enumeration = property.kind, comparison != .eq, comparison != .ne {
                throw .malformed("Only eq and ne are supported for the enumeration property '\(name)'.")
            }
            return .compare(property: name, comparison, value)
        }

        private mutating func take(_ token: ODataToken) -> Bool {
            guard tokens.first == token else { return false }
            tokens.removeFirst()
            return true
        }

        static func unexpected(_ token: ODataToken?, expected: String = "the end") -> ODataRefusal {
            guard case .word(let word)? = token else { return .malformed("Syntax error: \(expected) was expected.") }
            return .malformed("Syntax error: \(expected) was expected at '\(word)'.")
        }
    }
}

extension ODataLiteral {
    /// The literal as a value of that property, if its type fits.
    func value(of property: EntitySchema.Property) throws(ODataRefusal) -> JSONValue {
        switch (property.kind, self) {
        case (.string, .string(let text)): return .string(text)
        case (.decimal, .number(let number)), (.int32, .number(let number)), (.int64, .number(let number)):
            return .number(number)
        case (.dateTime, .dateTime(let text)): return .string(text)
        case (.enumeration(let type, let symbols), .enumeration(let named, let symbol)) where type == named:
            guard symbols.contains(symbol) else {
                throw .malformed("'\(symbol)' is no value of '\(EntitySchema.namespace).\(type)'.")
            }
            return .string(symbol)
        case (let kind, _):
            throw .malformed(
                """
                A binary operator with incompatible types was detected: '\(property.name)' is \(kind.edmName). \
                Strings need quotes, numbers and dates none, and an enumeration is written with its type: \
                \(EntitySchema.namespace).NoYes'Yes'.
                """)
        }
    }
}

/// `*` stands for any text.
enum Wildcard {
    static func matches(_ text: String, pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        guard let head = parts.first, let tail = parts.last, parts.count > 1 else { return text == pattern }
        guard text.count >= head.count + tail.count, text.hasPrefix(head), text.hasSuffix(tail) else { return false }
        var rest = text.dropFirst(head.count).dropLast(tail.count)
        for part in parts.dropFirst().dropLast() where !part.isEmpty {
            guard let range = rest.firstRange(of: part) else { return false }
            rest = rest[range.upperBound...]
        }
        return true
    }
}
