/// What the audit trail keeps of the calls that attempts make.
public struct AuditSettings: Sendable, Equatable {
    /// Bytes of each body.
    public var bodyLimit: Int
    /// Names whose values are not shown: personal data, by default. Secrets are never shown.
    public var redact: [String]
    /// Names besides those of `redact`.
    public var alsoRedact: [String]

    public init(bodyLimit: Int = 2 << 10, redact: [String]? = nil, alsoRedact: [String] = []) {
        self.bodyLimit = bodyLimit
        self.redact = redact ?? HiddenNames.personal
        self.alsoRedact = alsoRedact
    }
}

extension AuditSettings {
    init(_ section: ConfigurationSection?) {
        self.init()
        guard let section else { return }
        bodyLimit = section.bytes("bodyLimit", in: 0...(64 << 10), default: bodyLimit)
        redact = section.hiddenNames("redact") ?? redact
        alsoRedact = section.hiddenNames("alsoRedact") ?? alsoRedact
        section.finish()
    }
}

extension ConfigurationSection {
    /// - Returns: `nil` if the key is absent.
    fileprivate func hiddenNames(_ key: String) -> [String]? {
        guard child(key) != nil else { return nil }
        let expected = "a member's name, such as telephone; * at its beginning or end stands for anything"
        return list(key).compactMap { node, path in
            guard let name = scalar(node, at: path, expected: expected) else { return nil }
            let word = name.drop { $0 == "*" }.reversed().drop { $0 == "*" }
            guard !word.isEmpty, !word.contains("*"), !name.contains(where: \.isWhitespace), name.count <= 100 else {
                reading.note(node, path, found: "\"\(name.prefix(100))\"", expected: expected)
                return nil
            }
            return name
        }
    }
}
