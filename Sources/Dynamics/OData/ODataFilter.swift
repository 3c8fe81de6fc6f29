/// A `$filter` with the operators that F&O has (fin-ops-core/dev-itpro/data-entities/odata): comparisons, `and`, `or`,
/// `not`, and wildcards. It has no `in` and no `has`; `oneOf` stands in for the first.
///
/// All conditions throw `ODataFault.unusableValue` for a value that would find rows it should not.
public struct ODataFilter: Sendable, Equatable, CustomStringConvertible {
    /// The expression, not yet percent-encoded: `dataAreaId eq 'usmf' and CustomersOrderReference eq '000000123'`.
    public let description: String
    private let form: Form

    private enum Form { case condition, conjunction, disjunction }

    private init(_ description: String, _ form: Form = .condition) {
        self.description = description
        self.form = form
    }

    /// Rows whose property has this value. F&O compares texts without regard to case.
    public static func eq(_ property: String, _ value: some ODataValue) throws(ODataFault) -> ODataFilter {
        try compare(property, "eq", value)
    }

    public static func ne(_ property: String, _ value: some ODataValue) throws(ODataFault) -> ODataFilter {
        try compare(property, "ne", value)
    }

    public static func gt(_ property: String, _ value: some ODataComparableValue) throws(ODataFault) -> ODataFilter {
        try compare(property, "gt", value)
    }

    public static func ge(_ property: String, _ value: some ODataComparableValue) throws(ODataFault) -> ODataFilter {
        try compare(property, "ge", value)
    }

    public static func lt(_ property: String, _ value: some ODataComparableValue) throws(ODataFault) -> ODataFilter {
        try compare(property, "lt", value)
    }

    public static func le(_ property: String, _ value: some ODataComparableValue) throws(ODataFault) -> ODataFilter {
        try compare(property, "le", value)
    }

    private static func compare(
        _ property: String, _ operation: String, _ value: some ODataValue
    ) throws(ODataFault) -> ODataFilter {
        if let flaw = value.filterFlaw { throw .unusableValue(property: property, why: flaw) }
        return ODataFilter("\(property) \(operation) \(value.literal)")
    }

    /// Rows that have no such text: F&O has no null strings.
    public static func isEmpty(_ property: String) -> ODataFilter { ODataFilter("\(property) eq ''") }

    /// Rows whose property contains the text, by F&O's wildcard.
    public static func contains(_ property: String, _ text: String) throws(ODataFault) -> ODataFilter {
        try wildcard(property, text, "*\(text)*")
    }

    public static func begins(_ property: String, with text: String) throws(ODataFault) -> ODataFilter {
        try wildcard(property, text, "\(text)*")
    }

    private static func wildcard(
        _ property: String, _ text: String, _ pattern: String
    ) throws(ODataFault) -> ODataFilter {
        if let flaw = text.filterFlaw { throw .unusableValue(property: property, why: flaw) }
        return ODataFilter("\(property) eq \(ODataLiteral.quote(pattern))")
    }

    /// Rows of that day, whatever the time that the environment keeps dates at.
    public static func on(_ property: String, _ day: ODataDate) throws(ODataFault) -> ODataFilter {
        guard let next = day.next else { throw .unusableValue(property: property, why: "is the last of all days") }
        return ODataFilter(
            "\(property) ge \(day)T00:00:00Z and \(property) lt \(next)T00:00:00Z", .conjunction)
    }

    /// Values that `oneOf` takes: the expression must fit into an address.
    public static let maxAlternatives = 50

    /// Rows whose property has one of these values.
    public static func oneOf(_ property: String, _ values: [some ODataValue]) throws(ODataFault) -> ODataFilter {
        guard let first = values.first, values.count <= maxAlternatives else {
            throw .unusableValue(
                property: property, why: "is one of \(values.count) values; 1 to \(maxAlternatives) can be asked for")
        }
        var filter = try eq(property, first)
        for value in values.dropFirst() { filter = filter.or(try eq(property, value)) }
        return filter
    }

    public func and(_ other: ODataFilter) -> ODataFilter {
        ODataFilter("\(grouped(unless: .conjunction)) and \(other.grouped(unless: .conjunction))", .conjunction)
    }

    public func or(_ other: ODataFilter) -> ODataFilter {
        ODataFilter("\(grouped(unless: .disjunction)) or \(other.grouped(unless: .disjunction))", .disjunction)
    }

    public var not: ODataFilter { ODataFilter("not (\(description))") }

    /// In parentheses where it would bind otherwise than it was built.
    private func grouped(unless kept: Form) -> String {
        form == .condition || form == kept ? description : "(\(description))"
    }
}
