import Foundation
import JSON

/// One field of one record: the rule applied to the values.
struct FieldEvaluation {
    let mapping: String
    let field: MappingDocument.Field
    /// What the platform says of the field; `nil` takes any value as it is.
    let target: TargetField?
    let functions: [String: MappingFunction]
    let records: [String: JSONValue]
    let scope: String
    let values: any ValueLookup

    private var rule: FieldRule { field.rule }

    /// - Returns: `nil` if the field is not sent.
    func value() throws(MappingFault) -> JSONValue? {
        if let condition = rule.condition, !condition.holds(in: records) { return nil }
        let found = try shaped(try source())
        guard let value = found ?? rule.fallback else {
            guard rule.isRequired || target?.isRequired == true else { return nil }
            throw .nothing(mapping: mapping, field: field.name, from: rule.origin)
        }
        return try fitted(value)
    }

    private func source() throws(MappingFault) -> JSONValue? {
        switch rule.source {
        case .constant(let value): return value
        case .first(let paths):
            for path in paths { if let value = path.value(in: records) { return value } }
            return nil
        case .joined(let paths, let separator):
            var texts: [String] = []
            for path in paths { texts += try self.texts(at: path) }
            return texts.isEmpty ? nil : .string(texts.joined(separator: separator))
        case .call(let name, let paths):
            guard let function = functions[name] else { throw .unknownMapping(name) }
            do throws(MappingFunctionFault) {
                return try function.body(paths.map { $0.value(in: records) })
            } catch {
                throw .unfit(
                    mapping: mapping, field: field.name, found: "\(error.found) at \(rule.origin)",
                    expected: error.expected)
            }
        }
    }

    private func texts(at path: MappingPath) throws(MappingFault) -> [String] {
        switch path.value(in: records) {
        case nil: return []
        case .array(let elements)?:
            return try elements.map { (element) throws(MappingFault) in try text(element) }.filter { !$0.isEmpty }
        case .some(let value): return [try text(value)]
        }
    }

    private func shaped(_ found: JSONValue?) throws(MappingFault) -> JSONValue? {
        guard var value = found else { return nil }
        if let split = rule.split {
            guard let part = split.part(of: try text(value)) else { return nil }
            value = .string(part)
        }
        if let letters = rule.letters { value = .string(letters.apply(to: try text(value))) }
        if let table = rule.table {
            guard let translated = try translated(try text(value), table) else { return nil }
            value = .string(translated)
        }
        if let number = rule.number { value = .number(number.apply(to: try decimal(value))) }
        if let date = rule.date {
            guard let moved = date.apply(to: try text(value)) else {
                throw unfit(value, "a moment such as 2026-01-15 09:30:00")
            }
            value = .string(moved)
        }
        return value == .string("") ? nil : value
    }

    private func translated(_ word: String, _ use: TableUse) throws(MappingFault) -> String? {
        let found =
            use.isReversed
            ? values.keys(in: use.table, scope: scope, where: use.column, is: word).first
            : values.row(ValueKey(table: use.table, scope: scope, key: word))?[use.column]
        if let found, !found.isEmpty { return found }
        switch use.whenMissing {
        case .same: return word
        case .leave: return nil
        case .park:
            let key = ValueKey(table: use.table, scope: scope, key: word)
            throw .missingValue(mapping: mapping, field: field.name, key, column: use.column)
        }
    }

    /// The value in the target's own type, or the fault that says why it cannot be.
    private func fitted(_ value: JSONValue) throws(MappingFault) -> JSONValue {
        switch target?.kind {
        case nil: return value
        case .text(let longest)?: return .string(try bounded(try text(value), longest))
        case .decimal?: return .number(try decimal(value))
        case .integer?:
            guard let whole = Int("\(try decimal(value))") else { throw unfit(value, "a whole number") }
            return .int(whole)
        case .date?: return .string(try text(value))
        case .noYes?: return .string(try flag(value) ? "Yes" : "No")
        case .boolean?: return .bool(try flag(value))
        case .choice(let words)?:
            let word = try text(value)
            guard words.contains(word) else { throw unfit(value, words.joined(separator: ", ")) }
            return .string(word)
        }
    }

    private func bounded(_ text: String, _ longest: Int?) throws(MappingFault) -> String {
        guard let longest, text.utf16.count > longest else { return text }
        guard rule.mayCut else {
            throw .tooLong(mapping: mapping, field: field.name, found: text, longest: longest)
        }
        var cut = text
        while cut.utf16.count > longest { cut.removeLast() }
        return cut
    }

    private func text(_ value: JSONValue) throws(MappingFault) -> String {
        guard let text = value.scalarText else { throw unfit(value, "text") }
        return text
    }

    private func decimal(_ value: JSONValue) throws(MappingFault) -> Decimal {
        guard let text = value.scalarText, let number = Decimal(exactly: text) else { throw unfit(value, "a number") }
        return number
    }

    private func flag(_ value: JSONValue) throws(MappingFault) -> Bool {
        switch value.scalarText {
        case "1", "true", "Yes": return true
        case "0", "false", "No": return false
        default: throw unfit(value, "Yes or No")
        }
    }

    private func unfit(_ value: JSONValue, _ expected: String) -> MappingFault {
        .unfit(
            mapping: mapping, field: field.name,
            found: "\(JSONNode(value: value).found) at \(rule.origin)", expected: expected)
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
