import HTTPClient

extension PercentEncoding {
    /// Leaves what OData needs as it is and what may stand in a path segment and in a query (RFC 3986 §3.3, §3.4),
    /// so that a person can read the address.
    static func encodeOData(_ text: String) -> String { encode(text, keeping: "',:@()") }
}
