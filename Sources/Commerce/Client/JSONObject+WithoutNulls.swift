import JSON

extension JSONObject {
    /// Without members that are `null`, at any depth. Commerce gives them in answers, and refuses them in some
    /// versions when they come back (reference: `custom_attributes` of customers and products).
    var withoutNulls: JSONObject {
        JSONObject(
            fields.compactMap { field in
                field.value == .null ? nil : Field(key: field.key, value: field.value.withoutNulls)
            })
    }
}

extension JSONValue {
    fileprivate var withoutNulls: JSONValue {
        switch self {
        case .object(let object): .object(object.withoutNulls)
        case .array(let values): .array(values.map(\.withoutNulls))
        default: self
        }
    }
}
