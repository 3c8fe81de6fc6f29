/// A row as we read it: only the properties that it names are asked for.
public protocol ODataRow: Decodable, Sendable {
    /// Property names for `$select`, spelled as the platform spells them.
    static var properties: [String] { get }
    /// Related rows that come along in the same call; none unless declared.
    static var expansions: [ODataExpansion] { get }
}

extension ODataRow {
    public static var expansions: [ODataExpansion] { [] }
}

/// A row whose key we know, so that its set can be read in a total order.
public protocol ODataKeyedRow: ODataRow {
    /// All key properties.
    static var key: [String] { get }
}

/// Related rows that are read with a row, under the name of its navigation property. F&O expands one level, so what
/// the related rows would expand is not asked for.
public struct ODataExpansion: Sendable, Equatable {
    let text: String

    /// - Parameter navigation: `SalesInvoiceLinesV3`; the row decodes a property of that name.
    public init<Related: ODataRow>(_ navigation: String, _ related: Related.Type) {
        text = "\(navigation)($select=\(related.properties.joined(separator: ",")))"
    }
}
