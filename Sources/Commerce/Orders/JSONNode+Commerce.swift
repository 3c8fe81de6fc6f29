import Foundation
import JSON

/// Reads values the way Commerce writes them: numbers and ids as numbers or text, absent values as `null`, empty
/// text or nothing at all, empty objects as `[]`.
extension JSONNode {
    /// The elements of a list; none if there is no list. An object's values don't count as a list.
    func list() throws(OrderReadingError) -> [JSONNode] {
        if let elements { return elements }
        switch value {
        case nil, .null: return []
        case .object(let members) where members.isEmpty: return []
        default: throw mismatch("a list")
        }
    }

    /// Itself, if it is an object; `nil` if it is empty or absent.
    func object() throws(OrderReadingError) -> JSONNode? {
        switch value {
        case nil, .null, .array([]): return nil
        case .object: return self
        default: throw mismatch("an object")
        }
    }

    /// Text; numbers as they are written. Empty text is nothing.
    func text() throws(OrderReadingError) -> String? {
        guard !isNothing else { return nil }
        guard let scalar else { throw mismatch("text") }
        return scalar
    }

    func integer() throws(OrderReadingError) -> Int? {
        guard let number = try decimal("a whole number") else { return nil }
        // Exact both ways: an id that loses a digit is another id.
        guard let integer = Int("\(number)") else { throw mismatch("a whole number") }
        return integer
    }

    /// The exact value, whatever the notation: `110.0`, `"123.000000"`, `1e2`.
    func decimal(_ expected: String = "a number") throws(OrderReadingError) -> Decimal? {
        guard !isNothing else { return nil }
        guard let scalar, let number = Decimal(exactly: scalar) else { throw mismatch(expected) }
        return number
    }

    /// PHP's booleans: `true`, `1`, `"1"` and their opposites.
    func flag() throws(OrderReadingError) -> Bool? {
        guard !isNothing else { return nil }
        if case .bool(let flag) = value { return flag }
        switch scalar {
        case "1": return true
        case "0": return false
        default: throw mismatch("0 or 1")
        }
    }

    func required<Value>(_ found: Value?, _ expected: String) throws(OrderReadingError) -> Value {
        guard let found else { throw mismatch(expected) }
        return found
    }

    func mismatch(_ expected: String) -> OrderReadingError {
        .unusableField(path: path.isEmpty ? "the body" : path, found: found, expected: expected)
    }

    private var isNothing: Bool {
        switch value {
        case nil, .null, .string(""), .array([]): true
        default: false
        }
    }

    /// Where Commerce writes text or a number, it may write the one for the other.
    private var scalar: String? {
        switch value {
        case .string(let text): text
        case .number(let number): number.text
        default: nil
        }
    }
}
