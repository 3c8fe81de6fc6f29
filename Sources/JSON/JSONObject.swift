/// The members of a JSON object in their sequence, each name once.
public struct JSONObject: Sendable {
    public struct Field: Sendable, Equatable {
        public let key: String
        public var value: JSONValue

        public init(key: String, value: JSONValue) {
            self.key = key
            self.value = value
        }
    }

    public private(set) var fields: [Field] = []
    /// Where a name stands in `fields`, so that a hostile object with very many names costs no more than its length.
    private var positions: [String: Int] = [:]

    /// - Parameter fields: Of two with one name the later value counts.
    public init(_ fields: [Field] = []) {
        self.fields.reserveCapacity(fields.count)
        for field in fields { append(field.key, field.value) }
    }

    /// Setting `nil` removes the member.
    public subscript(_ key: String) -> JSONValue? {
        get { positions[key].map { fields[$0].value } }
        set {
            if let newValue { append(key, newValue) } else { remove(key) }
        }
    }

    /// Looks a name up without regard to case; of several the first counts. Walks over all members.
    public func value(ignoringCase key: String) -> JSONValue? {
        let lowercased = key.lowercased()
        return fields.first { $0.key.lowercased() == lowercased }?.value
    }

    public var keys: [String] { fields.map(\.key) }
    public var count: Int { fields.count }
    public var isEmpty: Bool { fields.isEmpty }

    /// Adds a member at the end, or gives the one of this name another value.
    public mutating func append(_ key: String, _ value: JSONValue) {
        if let position = positions[key] {
            fields[position].value = value
        } else {
            positions[key] = fields.count
            fields.append(Field(key: key, value: value))
        }
    }

    public mutating func append(contentsOf other: JSONObject) {
        for field in other.fields { append(field.key, field.value) }
    }

    private mutating func remove(_ key: String) {
        guard let position = positions.removeValue(forKey: key) else { return }
        fields.remove(at: position)
        for later in fields.indices[position...] { positions[fields[later].key] = later }
    }
}

extension JSONObject: Equatable {
    /// Whether both have the same members, in whatever sequence (RFC 8259 §4).
    public static func == (left: JSONObject, right: JSONObject) -> Bool {
        left.count == right.count && left.fields.allSatisfy { right[$0.key] == $0.value }
    }
}

extension JSONObject: ExpressibleByDictionaryLiteral {
    public init(dictionaryLiteral elements: (String, JSONValue)...) {
        self.init(elements.map { Field(key: $0.0, value: $0.1) })
    }
}
