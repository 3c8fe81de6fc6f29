import JSON

/// What a JSON value has to look like: the part of Swagger 2.0's schema object that Adobe uses.
/// https://swagger.io/specification/v2/#schema-object
indirect enum ContractSchema: Sendable {
    case string(oneOf: [String])
    case number
    case integer
    case boolean
    case array(ContractSchema)
    /// Members that are not listed are not allowed: Commerce refuses a property without an accessor.
    case object([String: ContractSchema], required: [String])
    /// A definition, by name.
    case reference(String)
    case anything

    init(_ json: JSONValue?) {
        guard let object = json?.objectValue else {
            self = .anything
            return
        }
        if let reference = object["$ref"]?.stringValue {
            self = .reference(String(reference.split(separator: "/").last ?? ""))
            return
        }
        switch object["type"]?.stringValue {
        case "string": self = .string(oneOf: object["enum"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        case "number": self = .number
        case "integer": self = .integer
        case "boolean": self = .boolean
        case "array": self = .array(ContractSchema(object["items"]))
        case "object":
            let properties = object["properties"]?.objectValue?.fields ?? []
            self = .object(
                Dictionary(uniqueKeysWithValues: properties.map { ($0.key, ContractSchema($0.value)) }),
                required: object["required"]?.arrayValue?.compactMap(\.stringValue) ?? [])
        default: self = .anything
        }
    }

    /// As Commerce names the type in its refusals.
    var typeName: String {
        switch self {
        case .string: "string"
        case .number: "float"
        case .integer: "int"
        case .boolean: "boolean"
        case .array: "array"
        case .object, .reference: "object"
        case .anything: "mixed"
        }
    }
}
