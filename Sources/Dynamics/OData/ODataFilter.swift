/// A `$filter` that finds rows by their natural key.
public struct ODataFilter: Sendable, Equatable, CustomStringConvertible {
    /// The expression, not yet percent-encoded: `dataAreaId eq 'usmf' and CustomersOrderReference eq '000000123'`.
    public let description: String

    /// Rows whose string property has this value. F&O compares without regard to case.
    /// - Throws: `ODataFault.unusableValue` for an empty value, which would find every row that has none, and for
    ///   one with `*`, which F&O takes for a wildcard (fin-ops-core/dev-itpro/data-entities/odata, "Filter"): a
    ///   customer `*@*` must not find somebody else's account.
    public static func eq(_ property: String, _ value: String) throws(ODataFault) -> ODataFilter {
        guard !value.allSatisfy(\.isWhitespace) else {
            throw .unusableValue(property: property, why: "is empty")
        }
        guard !value.contains("*") else {
            throw .unusableValue(property: property, why: "contains *, which D365 takes for a wildcard")
        }
        return ODataFilter(description: "\(property) eq \(ODataLiteral.quote(value))")
    }

    public func and(_ other: ODataFilter) -> ODataFilter {
        ODataFilter(description: "\(description) and \(other.description)")
    }
}
