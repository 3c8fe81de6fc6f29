import HTTPTypes

/// The members of a comma-separated field value, in lower case, of all lines of that field (RFC 9110 §5.6.1).
struct FieldList: Sendable {
    private(set) var members: [String] = []

    /// Empty members are ignored, as a recipient must (RFC 9110 §5.6.1.2).
    func adding(_ value: Span<UInt8>) -> FieldList {
        var list = self
        var start = 0
        while start <= value.count {
            let end = value.firstIndex(of: ASCII.comma, from: start) ?? value.count
            let member = value.trimmed(start..<end)
            if !member.isEmpty { list.members.append(value.extracting(member).lowercasedText) }
            start = end + 1
        }
        return list
    }

    /// Whether any of `fields` has `member`, which must be lower case.
    static func contains(_ member: String, in fields: [HTTPField]) -> Bool {
        fields.contains { field in
            field.withUnsafeBytesOfValue { FieldList().adding($0.span).members.contains(member) }
        }
    }
}
