import JSON

/// `fields=items[entity_id,increment_id],total_count`: trims an answer to what is named.
struct FieldsFilter: Equatable {
    private var children: [String: FieldsFilter] = [:]

    /// Deeper nesting is refused.
    static let maxDepth = 16

    /// - Returns: `nil` if the brackets don't match.
    init?(_ text: String) {
        var rest = text[...]
        guard let parsed = Self.list(&rest, depth: 0), rest.isEmpty else { return nil }
        self = parsed
    }

    private init() {}

    private static func list(_ rest: inout Substring, depth: Int) -> FieldsFilter? {
        guard depth < maxDepth else { return nil }
        var filter = FieldsFilter()
        while true {
            let name = rest.prefix { !"[],".contains($0) }
            rest = rest.dropFirst(name.count)
            guard !name.isEmpty else { return nil }
            var child = FieldsFilter()
            if rest.first == "[" {
                rest = rest.dropFirst()
                guard let nested = list(&rest, depth: depth + 1), rest.first == "]" else { return nil }
                rest = rest.dropFirst()
                child = nested
            }
            filter.children[String(name)] = child
            guard rest.first == "," else { return filter }
            rest = rest.dropFirst()
        }
    }

    func apply(_ value: JSONValue) -> JSONValue {
        if children.isEmpty { return value }
        switch value {
        case .object(let object):
            return .object(
                JSONObject(
                    object.fields.compactMap { field in
                        children[field.key].map { .init(key: field.key, value: $0.apply(field.value)) }
                    }))
        case .array(let values): return .array(values.map(apply))
        default: return value
        }
    }
}
