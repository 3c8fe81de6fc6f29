import JSON

/// The list `custom_attributes` that customers, products and categories carry: `[{"attribute_code":…,"value":…}]`.
enum CustomAttributes {
    static func value(of code: String, in record: JSONObject) -> String? {
        let value = record["custom_attributes"]?.arrayValue?.first { isNamed($0, code) }?.objectValue?["value"]
        if case .number(let number)? = value { return number.text }
        return value?.stringValue
    }

    static func set(_ code: String, _ value: String, in record: inout JSONObject) {
        let attribute = json(code, value)
        var list = record["custom_attributes"]?.arrayValue ?? []
        if let index = list.firstIndex(where: { isNamed($0, code) }) {
            list[index] = attribute
        } else {
            list.append(attribute)
        }
        record["custom_attributes"] = .array(list)
    }

    /// In the order of their codes; `nil` if there are none.
    static func json(_ attributes: [String: String]) -> JSONValue? {
        attributes.isEmpty ? nil : .array(attributes.sorted { $0.key < $1.key }.map { json($0.key, $0.value) })
    }

    private static func json(_ code: String, _ value: String) -> JSONValue {
        ["attribute_code": .string(code), "value": .string(value)]
    }

    private static func isNamed(_ attribute: JSONValue, _ code: String) -> Bool {
        attribute.objectValue?["attribute_code"]?.stringValue == code
    }
}
