import Foundation
import JSON
import Relay

/// Reads typed fields out of one JSON object and names the field in every complaint.
struct EventFields {
    private let members: JSONObject
    private let ignoresCase: Bool
    /// Where the object is in the document, with a final dot, or empty at the top.
    private let place: String

    init(_ members: JSONObject, at place: String = "", ignoringCase: Bool = false) {
        self.members = members
        self.place = place
        self.ignoresCase = ignoringCase
    }

    /// `nil` for a field that is absent or `null`.
    func value(_ name: String) -> JSONValue? {
        let value = ignoresCase ? members.value(ignoringCase: name) : members[name]
        return value == .null ? nil : value
    }

    func has(_ name: String) -> Bool { value(name) != nil }

    /// `nil` for a field that is absent, `null` or empty: F&O knows no empty value but the empty string.
    func text(_ name: String, _ expected: String = "a string") throws(BusinessEventError) -> String? {
        switch value(name) {
        case nil: return nil
        case .string(let text): return text.isEmpty ? nil : text
        case .some(let other): throw unreadable(name, other, expected)
        }
    }

    /// The first of these fields that has a text.
    func text(firstOf names: String...) throws(BusinessEventError) -> String? {
        for name in names {
            if let text = try text(name) { return text }
        }
        return nil
    }

    func requiredText(_ name: String, _ expected: String) throws(BusinessEventError) -> String {
        guard let text = try text(name, expected) else { throw .missing(field: place + name, expected: expected) }
        return text
    }

    func requiredDecimal(_ name: String) throws(BusinessEventError) -> Decimal {
        guard let value = value(name) else { throw .missing(field: place + name, expected: "a number") }
        guard let number = value.numberValue else { throw unreadable(name, value, "a number") }
        return number
    }

    /// A whole number in the range of `Int64`.
    func integer(_ name: String) throws(BusinessEventError) -> Int64? {
        guard let value = value(name) else { return nil }
        guard case .number(let number) = value, let integer = number.integer(Int64.self) else {
            throw unreadable(name, value, "a whole number of 64 bits")
        }
        return integer
    }

    /// A moment in either of the notations that F&O uses; `nil` for its empty date.
    func moment(_ name: String) throws(BusinessEventError) -> Timestamp? {
        let expected = "/Date(milliseconds since 1970)/ or an ISO 8601 time with its offset"
        guard let text = try text(name, expected) else { return nil }
        guard let moment = DynamicsTime.parse(text) else { throw unreadable(name, .string(text), expected) }
        return moment == DynamicsTime.empty ? nil : moment
    }

    /// The first of these fields that has a moment.
    func moment(firstOf names: String...) throws(BusinessEventError) -> Timestamp? {
        for name in names {
            if let moment = try moment(name) { return moment }
        }
        return nil
    }

    func list(_ name: String) throws(BusinessEventError) -> [JSONValue]? {
        switch value(name) {
        case nil: return nil
        case .array(let values): return values
        case .some(let other): throw unreadable(name, other, "a list")
        }
    }

    private func unreadable(_ name: String, _ found: JSONValue, _ expected: String) -> BusinessEventError {
        .unreadable(field: place + name, found: found.summary, expected: expected)
    }
}
