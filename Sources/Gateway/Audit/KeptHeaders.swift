/// The headers that the audit trail keeps. A list of what is useful, not of what is dangerous: a header that nobody
/// has thought of is not kept, so that no credential gets in under a new name. What is the same with every call is not
/// kept either: a store holds millions of them.
enum KeptHeaders {
    /// Bytes of a value.
    static let valueLimit = 256

    static func sent(_ headers: [(name: String, value: String)]) -> [String: String] {
        keep(headers) { usefulWhenSent.contains($0) }
    }

    static func received(_ headers: [(name: String, value: String)]) -> [String: String] {
        keep(headers) { usefulWhenReceived.contains($0) || $0.contains("ratelimit") }
    }

    /// What either side calls the call.
    static func identifiers(in headers: [(name: String, value: String)]) -> [String: String] {
        keep(headers) { identifying.contains($0) }
    }

    private static let usefulWhenSent: Set<String> = [
        "content-type", "if-match", "if-none-match", "idempotency-key", "prefer", "store",
    ]
    private static let usefulWhenReceived: Set<String> = [
        "allow", "content-type", "etag", "last-modified", "location", "preference-applied", "retry-after", "server",
        "via", "www-authenticate", "x-cache",
    ]
    /// F&O: https://learn.microsoft.com/dynamics365/fin-ops-core/dev-itpro/data-entities/service-request-tracing;
    /// Entra ID and Azure answer with x-ms-request-id and x-azure-ref; Commerce in the cloud stands behind Fastly,
    /// other shops behind other networks.
    private static let identifying: Set<String> = [
        "ms-dyn-aid", "x-ms-client-request-id", "x-ms-request-id", "x-ms-correlation-request-id",
        "client-request-id", "request-id", "x-request-id", "x-correlation-id", "x-adobe-commerce-request-id",
        "x-azure-ref", "x-amz-cf-id", "cf-ray", "x-served-by", "traceparent",
    ]

    private static func keep(
        _ headers: [(name: String, value: String)], where isKept: (String) -> Bool
    ) -> [String: String] {
        var kept: [String: String] = [:]
        for (name, value) in headers where isKept(name) {
            let value = Excerpt.cut(value.utf8, to: valueLimit, mark: "\(value.utf8.count) bytes")
            kept[name] = kept[name].map { "\($0), \(value)" } ?? value
        }
        return kept
    }
}
