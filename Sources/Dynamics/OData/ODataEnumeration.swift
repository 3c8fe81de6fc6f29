/// An enumeration of F&O: in JSON its symbol, in filters and keys the symbol behind the type's name.
///
/// Extensions add symbols, so a type lists those that Causeway names and keeps any other as it came.
public protocol ODataEnumeration: ODataValue, RawRepresentable, Hashable, Codable where RawValue == String {
    /// Short name in `Microsoft.Dynamics.DataEntities`: `SalesStatus`.
    static var typeName: String { get }
    /// - Parameter rawValue: The symbol: `Backorder`.
    init(rawValue: String)
}

extension ODataEnumeration {
    public var literal: String {
        "Microsoft.Dynamics.DataEntities.\(Self.typeName)\(ODataLiteral.quote(rawValue))"
    }

    public var keyFlaw: String? { rawValue.isEmpty ? "is empty" : nil }
}
