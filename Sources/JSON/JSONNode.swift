/// A place in a JSON document and what stands there, so that a complaint can name both.
///
/// What a platform takes for a number, a list or nothing is the platform's affair: its module adds the reading.
public struct JSONNode: Sendable, Equatable {
    /// From the root: `data.order.items[2].sku`; empty for the root.
    public let path: String
    /// `nil` if there is nothing.
    public let value: JSONValue?

    public init(path: String = "", value: JSONValue?) {
        self.path = path
        self.value = value
    }

    /// A member; nothing if there is none, if it is `null`, or if this is no object.
    public subscript(key: String) -> JSONNode {
        let member = value?.objectValue?[key]
        return JSONNode(path: path.isEmpty ? key : "\(path).\(key)", value: member == .null ? nil : member)
    }

    /// The elements of a list; `nil` if this is none.
    public var elements: [JSONNode]? {
        value?.arrayValue?.enumerated().map { JSONNode(path: "\(path)[\($0)]", value: $1) }
    }

    /// Characters of a value that a message shows.
    public static let foundLimit = 40

    /// What stands here, as a noun for messages: `nothing`, `the number 4.5`.
    public var found: String {
        switch value {
        case nil, .null: "nothing"
        case .bool(let flag): "\(flag)"
        case .number(let number): "the number \(number.text.prefix(JSONNode.foundLimit))"
        case .string(""): "an empty text"
        case .string(let text): "the text \"\(text.prefix(JSONNode.foundLimit))\""
        case .array: "a list"
        case .object: "an object"
        }
    }
}
