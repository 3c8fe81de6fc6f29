import JSON

/// The `value` of an answer of the data package API, however often it is wrapped: `{"value":"…"}` or
/// `{"value":{"value":"…"}}`.
struct ActionAnswer {
    let action: String
    private let value: JSONValue

    init(_ body: [UInt8], to action: String) throws(DataManagementFault) {
        self.action = action
        guard let document = try? JSONValue.parse(body, ignoringByteOrderMark: true),
            let outer = document.objectValue?["value"]
        else { throw .unexpectedAnswer(action: action, detail: "no JSON object with a value") }
        value = outer.objectValue?["value"] ?? outer
    }

    func text() throws(DataManagementFault) -> String {
        guard case .string(let text) = value else {
            throw .unexpectedAnswer(action: action, detail: "the value is no string")
        }
        return text
    }

    func flag() throws(DataManagementFault) -> Bool {
        switch value {
        case .bool(let flag): return flag
        case .string(let text) where ["true", "false"].contains(text.lowercased()): return text.lowercased() == "true"
        default: throw .unexpectedAnswer(action: action, detail: "the value is neither true nor false")
        }
    }

    /// A value that is JSON itself, given as a string. `nil` for an empty one.
    func inner() throws(DataManagementFault) -> JSONValue? {
        let text = try text()
        guard !text.isEmpty else { return nil }
        guard let inner = try? JSONValue.parse(Array(text.utf8)) else {
            throw .unexpectedAnswer(action: action, detail: "the string is no JSON")
        }
        return inner
    }
}
