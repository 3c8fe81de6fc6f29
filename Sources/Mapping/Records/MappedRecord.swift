public import JSON

/// What a document makes of a record, field by field, with where each value came from.
public struct MappedRecord: Sendable, Equatable {
    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: JSONValue
        /// For people: `order.order_currency_code`, `constant`, `table shipping-methods`, `the flow`.
        public var origin: String

        public init(name: String, value: JSONValue, origin: String) {
            self.name = name
            self.value = value
            self.origin = origin
        }
    }

    /// The document's name: `order-header`.
    public let mapping: String
    /// In the document's sequence; then what the flow added.
    public private(set) var fields: [Field]

    public init(mapping: String, fields: [Field] = []) {
        self.mapping = mapping
        self.fields = fields
    }

    public subscript(name: String) -> JSONValue? { fields.first { $0.name == name }?.value }

    public func text(_ name: String) -> String? { self[name]?.stringValue }

    /// What the flow knows best, such as natural keys: takes the place of what the document says.
    public mutating func set(_ name: String, _ value: JSONValue, origin: String = "the flow") {
        fields.removeAll { $0.name == name }
        fields.append(Field(name: name, value: value, origin: origin))
    }

    /// The record as JSON. A dot in a field's name makes an object: `comment.comment`.
    public var json: JSONValue {
        var object = JSONObject()
        for field in fields { Self.put(field.value, at: field.name.split(separator: ".")[...], in: &object) }
        return .object(object)
    }

    private static func put(_ value: JSONValue, at path: ArraySlice<Substring>, in object: inout JSONObject) {
        guard let first = path.first else { return }
        let name = String(first)
        guard path.count > 1 else {
            object[name] = value
            return
        }
        var inner = object[name]?.objectValue ?? JSONObject()
        put(value, at: path.dropFirst(), in: &inner)
        object[name] = .object(inner)
    }
}

extension MappedRecord: Encodable {
    /// As `json`, for clients that encode records themselves.
    public func encode(to encoder: any Encoder) throws { try EncodableJSON(json).encode(to: encoder) }
}
