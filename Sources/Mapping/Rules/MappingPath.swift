public import JSON

/// Where a value stands in the records that a document maps: `order.shipping_address.street[0]`.
///
/// The first word names the record. Commerce's lists of named values are read by name: where a step meets a list of
/// `{"attribute_code", "value"}` or `{"key", "value"}` objects, `order.custom_attributes.color` is the value of that name.
public struct MappingPath: Sendable, Hashable, CustomStringConvertible {
    public enum Step: Sendable, Hashable {
        case member(String)
        case index(Int)
    }

    /// `order`, `line`.
    public let root: String
    public let steps: [Step]
    public let description: String

    /// - Returns: `nil` for what is no path: names of letters, digits, `_` and `-`, joined by dots, with indices from 0 in
    ///   brackets.
    public init?(_ text: String) {
        var steps: [Step] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            var pieces = part.split(separator: "[", omittingEmptySubsequences: false)
            let name = pieces.removeFirst()
            guard !name.isEmpty, name.allSatisfy({ $0.isLetter || $0.isNumber || $0 == "_" || $0 == "-" }) else {
                return nil
            }
            steps.append(.member(String(name)))
            for piece in pieces {
                guard piece.hasSuffix("]"), let index = Int(piece.dropLast()), index >= 0 else { return nil }
                steps.append(.index(index))
            }
        }
        guard case .member(let root)? = steps.first else { return nil }
        self.root = root
        self.steps = Array(steps.dropFirst())
        description = text
    }

    /// - Returns: `nil` where nothing stands, which for the platforms is also `null`, an empty text or an empty list.
    public func value(in records: [String: JSONValue]) -> JSONValue? {
        var value = records[root]
        for step in steps {
            switch (step, value) {
            case (.member(let name), .object(let object)?): value = object[name]
            case (.member(let name), .array(let elements)?): value = Self.named(name, in: elements)
            case (.index(let index), .array(let elements)?):
                value = elements.indices.contains(index) ? elements[index] : nil
            default: return nil
            }
        }
        switch value {
        case nil, .null, .string(""), .array([]): return nil
        case .some(let found): return found
        }
    }

    /// What a repeated part goes through: the elements of a list, one record by itself, or nothing.
    func elements(in records: [String: JSONValue]) -> [JSONValue] {
        switch value(in: records) {
        case nil: []
        case .array(let elements)?: elements
        case .some(let value): [value]
        }
    }

    private static func named(_ name: String, in elements: [JSONValue]) -> JSONValue? {
        for element in elements {
            guard let object = element.objectValue else { continue }
            if object["attribute_code"] == .string(name) || object["key"] == .string(name) { return object["value"] }
        }
        return nil
    }
}
