/// Changes to a JSON document, written as a document of the same shape (RFC 7396): what it names takes the place of
/// what was there, `null` removes, and numbers keep every digit.
public enum MergePatch {
    /// - Throws: `JSONSyntaxError` if one of the two is no JSON.
    public static func apply(_ patch: [UInt8], to document: [UInt8]) throws(JSONSyntaxError) -> [UInt8] {
        JSONWriter.bytes(try JSONValue.parse(document).merging(JSONValue.parse(patch)))
    }
}

extension JSONValue {
    /// RFC 7396 §2. Recursion is bounded by the depth that the reader allows.
    public func merging(_ patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = objectValue ?? JSONObject()
        for change in changes.fields {
            members[change.key] = change.value == .null ? nil : (members[change.key] ?? .null).merging(change.value)
        }
        return .object(members)
    }
}
