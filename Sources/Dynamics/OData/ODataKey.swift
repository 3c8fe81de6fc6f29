import HTTPClient

/// The key of one row, every field of it: `(dataAreaId='usmf',CustomerAccount='C-100042')`. Numbers, dates and GUIDs
/// stand without quotes.
public struct ODataKey: Sendable, Equatable, CustomStringConvertible {
    /// For a person to read: not percent-encoded.
    public let description: String
    /// Percent-encoded, in parentheses, to be put behind the entity set.
    let encoded: String

    /// - Parameter fields: All key properties and their values, in any order.
    /// - Throws: `ODataFault.unusableValue` for an empty value, which no key has.
    public init(_ fields: KeyValuePairs<String, any ODataValue>) throws(ODataFault) {
        for (property, value) in fields {
            if let flaw = value.keyFlaw { throw .unusableValue(property: property, why: flaw) }
        }
        let parts = fields.map { (property: $0.key, literal: $0.value.literal) }
        description = "(\(parts.map { "\($0.property)=\($0.literal)" }.joined(separator: ",")))"
        let encodedParts = parts.map { "\($0.property)=\(PercentEncoding.encodeOData($0.literal))" }
        encoded = "(\(encodedParts.joined(separator: ",")))"
    }
}
