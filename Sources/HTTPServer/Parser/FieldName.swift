import HTTPTypes

/// Field names that requests often carry, recognised without making strings.
struct FieldName {
    /// Fields that framing and the connection depend on.
    enum Role { case contentLength, transferEncoding, host, connection, expect, other }

    let name: HTTPField.Name
    let role: Role
    private let lowercased: StaticString

    private init(_ lowercased: StaticString, _ name: HTTPField.Name, _ role: Role = .other) {
        self.lowercased = lowercased
        self.name = name
        self.role = role
    }

    /// - Parameter bytes: A token, already checked.
    static func known(_ bytes: Span<UInt8>) -> FieldName? {
        let table = byLength
        guard bytes.count < table.count else { return nil }
        for index in table[bytes.count].indices
        where bytes.equalsIgnoringCase(table[bytes.count][index].lowercased) {
            return table[bytes.count][index]
        }
        return nil
    }

    private static let byLength: [[FieldName]] = {
        let longest = all.map(\.lowercased.utf8CodeUnitCount).max() ?? 0
        var table = [[FieldName]](repeating: [], count: longest + 1)
        for field in all { table[field.lowercased.utf8CodeUnitCount].append(field) }
        return table
    }()

    private static let all: [FieldName] = [
        FieldName("host", host, .host),
        FieldName("content-length", .contentLength, .contentLength),
        FieldName("transfer-encoding", .transferEncoding, .transferEncoding),
        FieldName("connection", .connection, .connection),
        FieldName("expect", .expect, .expect),
        FieldName("accept", .accept), FieldName("accept-encoding", .acceptEncoding),
        FieldName("accept-language", .acceptLanguage), FieldName("authorization", .authorization),
        FieldName("cache-control", .cacheControl), FieldName("content-encoding", .contentEncoding),
        FieldName("content-type", .contentType), FieldName("cookie", .cookie), FieldName("date", .date),
        FieldName("if-none-match", .ifNoneMatch), FieldName("origin", .origin), FieldName("referer", .referer),
        FieldName("user-agent", .userAgent), FieldName("upgrade", .upgrade),
        FieldName("forwarded", custom("Forwarded")), FieldName("pragma", custom("Pragma")),
        FieldName("traceparent", custom("traceparent")), FieldName("via", custom("Via")),
        FieldName("x-forwarded-for", custom("X-Forwarded-For")),
        FieldName("x-forwarded-host", custom("X-Forwarded-Host")),
        FieldName("x-forwarded-proto", custom("X-Forwarded-Proto")),
        FieldName("x-request-id", custom("X-Request-Id")),
    ]

    static let host = custom("Host")

    private static func custom(_ name: String) -> HTTPField.Name {
        // Every name above is a token; the fallback is never taken.
        HTTPField.Name(name) ?? .trailer
    }
}
