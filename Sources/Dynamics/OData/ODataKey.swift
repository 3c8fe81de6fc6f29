import HTTPClient

/// The key of one row, every field of it: `(dataAreaId='usmf',CustomerAccount='C-100042')`.
public struct ODataKey: Sendable, Equatable {
    /// Percent-encoded, in parentheses, to be put behind the entity set.
    let encoded: String

    /// - Parameter fields: String properties and their values, in any order.
    /// - Throws: `ODataFault.unusableValue` for an empty value, which no key has.
    public init(_ fields: KeyValuePairs<String, String>) throws(ODataFault) {
        for (property, value) in fields where value.isEmpty {
            throw .unusableValue(property: property, why: "is empty")
        }
        let parts = fields.map { property, value in
            "\(property)=\(PercentEncoding.encodeOData(ODataLiteral.quote(value)))"
        }
        encoded = "(\(parts.joined(separator: ",")))"
    }
}
