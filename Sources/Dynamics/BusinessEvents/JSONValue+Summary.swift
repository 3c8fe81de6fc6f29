import JSON

extension JSONValue {
    /// The kind and the beginning of the value, for error messages.
    var summary: String {
        switch self {
        case .null: "null"
        case .bool(let flag): "\(flag)"
        case .number(let number): "the number \(number.text.prefix(JSONValue.summaryLimit))"
        case .string(let text): "\"\(text.prefix(JSONValue.summaryLimit))\""
        case .array(let values): "a list of \(values.count)"
        case .object(let members): "an object of \(members.count)"
        }
    }

    /// Characters of a value that an error message shows.
    static let summaryLimit = 60
}
