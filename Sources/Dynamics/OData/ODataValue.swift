public import Foundation
public import Relay

/// A value that filters and keys can hold.
public protocol ODataValue: Sendable {
    /// As OData writes it in an expression, not yet percent-encoded: `'O''Neil'`, `42`, `2026-01-15T12:00:00Z`.
    var literal: String { get }
    /// Why no filter can look for this value, as in "is empty"; `nil` if one can.
    var filterFlaw: String? { get }
    /// Why no key can hold this value; `nil` if one can.
    var keyFlaw: String? { get }
}

/// A value that F&O can also compare by size. Enumerations and GUIDs know only `eq` and `ne`.
public protocol ODataComparableValue: ODataValue {}

extension ODataValue {
    public var filterFlaw: String? { keyFlaw }
    public var keyFlaw: String? { nil }
}

extension String: ODataComparableValue {
    public var literal: String { ODataLiteral.quote(self) }

    /// An empty value would find every row that has none (`ODataFilter.isEmpty` looks for those); F&O takes `*` for a
    /// wildcard (fin-ops-core/dev-itpro/data-entities/odata, "Filter"): a customer `*@*` must not find somebody
    /// else's account.
    public var filterFlaw: String? {
        guard !allSatisfy(\.isWhitespace) else { return "is empty" }
        return contains("*") ? "contains *, which D365 takes for a wildcard" : nil
    }

    public var keyFlaw: String? { isEmpty ? "is empty" : nil }
}

extension Int: ODataComparableValue {
    public var literal: String { String(self) }
}

extension Int64: ODataComparableValue {
    public var literal: String { String(self) }
}

extension Decimal: ODataComparableValue {
    public var literal: String { description }
    public var keyFlaw: String? { isFinite ? nil : "is no number" }
}

extension Bool: ODataValue {
    public var literal: String { self ? "true" : "false" }
}

extension UUID: ODataValue {
    /// Without quotes (OData 4.0 ABNF, `guidValue`).
    public var literal: String { uuidString.lowercased() }
}

extension ODataDate: ODataComparableValue {
    /// Noon, as F&O keeps it; `ODataFilter.on` finds the day also where an environment keeps another time.
    public var literal: String { "\(description)T12:00:00Z" }
}

/// A moment: `Edm.DateTimeOffset`.
extension Timestamp: ODataComparableValue {
    public var literal: String { DynamicsTime.text(self) ?? "" }
    public var keyFlaw: String? { DynamicsTime.text(self) == nil ? "is not in the years 1 to 9999" : nil }
}
