import Foundation
import JSON

/// A value in the type of the field that it goes into.
struct ValueFit {
    /// Why a value does not go in.
    enum Misfit: Error {
        case tooLong(String, longest: Int)
        case unfit(JSONValue, expected: String)
    }

    /// `nil` takes any value as it is.
    let kind: TargetField.Kind?
    let mayCut: Bool

    func fit(_ value: JSONValue) throws(Misfit) -> JSONValue {
        switch kind {
        case nil, .records?: return value
        case .text(let longest)?: return .string(try bounded(try Self.text(value), longest))
        case .texts(let longest)?:
            let elements = value.arrayValue ?? [value]
            return .array(
                try elements.map { (element) throws(Misfit) in .string(try bounded(try Self.text(element), longest)) }
            )
        case .decimal?: return .number(try Self.decimal(value))
        case .integer?:
            guard let whole = Int("\(try Self.decimal(value))") else {
                throw .unfit(value, expected: "a whole number")
            }
            return .int(whole)
        case .date?:
            guard let text = value.stringValue, CivilMoment(text) != nil else {
                throw .unfit(value, expected: "a date such as 2026-01-15")
            }
            return value
        case .noYes?: return .string(try flag(value) ? "Yes" : "No")
        case .boolean?: return .bool(try flag(value))
        case .choice(let words)?:
            let word = try Self.text(value)
            guard words.contains(word) else {
                throw .unfit(value, expected: "one of " + words.joined(separator: ", "))
            }
            return .string(word)
        }
    }

    static func text(_ value: JSONValue) throws(Misfit) -> String {
        guard let text = value.scalarText else { throw .unfit(value, expected: "text") }
        return text
    }

    static func decimal(_ value: JSONValue) throws(Misfit) -> Decimal {
        guard let text = value.scalarText, let number = Decimal(exactly: text) else {
            throw .unfit(value, expected: "a number")
        }
        return number
    }

    private func flag(_ value: JSONValue) throws(Misfit) -> Bool {
        switch value.scalarText {
        case "1", "true", "Yes": return true
        case "0", "false", "No": return false
        default: throw .unfit(value, expected: "Yes or No")
        }
    }

    private func bounded(_ text: String, _ longest: Int?) throws(Misfit) -> String {
        guard let longest, text.utf16.count > longest else { return text }
        guard mayCut else { throw .tooLong(text, longest: longest) }
        return Self.cut(text, longest)
    }

    /// As many whole characters as there is room for: neither a letter with its accents nor an emoji is torn apart.
    private static func cut(_ text: String, _ longest: Int) -> String {
        var end = text.startIndex
        var room = longest
        for position in text.indices {
            room -= String(text[position]).utf16.count
            guard room >= 0 else { break }
            end = text.index(after: position)
        }
        return String(text[..<end])
    }
}

extension JSONValue {
    /// Text, numbers as they are written, flags as words; `nil` for lists and objects.
    var scalarText: String? {
        switch self {
        case .string(let text): text
        case .number(let number): number.text
        case .bool(let flag): flag ? "true" : "false"
        case .null, .array, .object: nil
        }
    }
}
