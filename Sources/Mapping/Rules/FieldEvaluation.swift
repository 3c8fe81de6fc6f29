import Foundation
import JSON

/// One field of one record: the rule applied to the values.
struct FieldEvaluation {
    /// A value, and where it came from.
    struct Found {
        var value: JSONValue
        /// For people: `order.order_currency_code`, `default`.
        var origin: String
    }

    let mapping: String
    let field: MappingDocument.Field
    /// What the platform says of the field; `nil` takes any value as it is.
    let target: TargetField?
    let functions: [String: MappingFunction]
    let records: [String: JSONValue]
    let scope: String
    let values: any ValueLookup

    private var rule: FieldRule { field.rule }
    var isRequired: Bool { rule.isRequired || target?.isRequired == true }

    /// - Returns: `nil` if the field is not sent.
    func value() throws(MappingFault) -> Found? {
        guard rule.conditions.allSatisfy({ $0.holds(in: records) }) else { return nil }
        guard var found = try shaped(try source()) ?? fallback() else {
            guard isRequired else { return nil }
            throw .nothing(mapping: mapping, field: field.name, from: rule.origin)
        }
        do throws(ValueFit.Misfit) {
            found.value = try ValueFit(kind: target?.kind, mayCut: rule.mayCut).fit(found.value)
        } catch {
            throw fault(error, found.origin)
        }
        return found
    }

    private func source() throws(MappingFault) -> Found? {
        switch rule.source {
        case .constant(let value): return Found(value: value, origin: "constant")
        case .first(let paths): return first(paths)
        case .joined(let paths, let separator):
            var texts: [String] = []
            for path in paths { texts += try self.texts(at: path) }
            return texts.isEmpty
                ? nil : Found(value: .string(texts.joined(separator: separator)), origin: rule.origin)
        case .call(let name, let paths): return try call(name, paths)
        // The set makes these, since they need its other documents.
        case .each: return nil
        }
    }

    private func first(_ paths: [MappingPath]) -> Found? {
        for path in paths {
            if let value = path.value(in: records) { return Found(value: value, origin: path.description) }
        }
        return nil
    }

    private func fallback() -> Found? {
        switch rule.fallback {
        case nil: nil
        case .constant(let value)?: Found(value: value, origin: "default")
        case .first(let paths)?: first(paths).map { Found(value: $0.value, origin: "default \($0.origin)") }
        }
    }

    private func call(_ name: String, _ paths: [MappingPath]) throws(MappingFault) -> Found? {
        guard let function = functions[name] else {
            throw .unfit(
                mapping: mapping, field: field.name, found: "the unknown function \(name)", expected: "a known one")
        }
        do throws(MappingFunctionFault) {
            let value = try function.body(paths.map { $0.value(in: records) })
            return value.flatMap { $0 == .null ? nil : Found(value: $0, origin: rule.origin) }
        } catch {
            throw .unfit(
                mapping: mapping, field: field.name, found: "\(error.found) at \(rule.origin)",
                expected: error.expected)
        }
    }

    private func texts(at path: MappingPath) throws(MappingFault) -> [String] {
        switch path.value(in: records) {
        case nil: return []
        case .array(let elements)?:
            return try elements.map { (element) throws(MappingFault) in
                try text(Found(value: element, origin: path.description))
            }.filter { !$0.isEmpty }
        case .some(let value): return [try text(Found(value: value, origin: path.description))]
        }
    }

    /// The rule's parts in their sequence.
    private func shaped(_ source: Found?) throws(MappingFault) -> Found? {
        guard var found = source else { return nil }
        if let split = rule.split {
            guard let part = split.part(of: try text(found)) else { return nil }
            found.value = .string(part)
        }
        if !rule.replacements.isEmpty || !rule.letters.isEmpty {
            let replaced = rule.replacements.reduce(try text(found)) { $1.apply(to: $0) }
            found.value = .string(rule.letters.reduce(replaced) { $1.apply(to: $0) })
        }
        if let table = rule.table {
            // An empty word is no word: nobody adds a row for it.
            guard found.value != .string(""), let translated = try translated(found, table) else {
                return nil
            }
            found.value = .string(translated)
            found.origin += ", table \(table.table)"
        }
        if let number = rule.number { found.value = try applied(number, to: found) }
        if let date = rule.date {
            guard let moved = date.apply(to: try text(found)) else {
                throw unfit(found, "a moment such as 2026-01-15 09:30:00")
            }
            found.value = .string(moved)
        }
        if found.value == .string("") { return nil }
        if let padding = rule.padding { found.value = .string(padding.apply(to: try text(found))) }
        return found
    }

    private func translated(_ source: Found, _ use: TableUse) throws(MappingFault) -> String? {
        let word = try text(source)
        let found =
            use.isReversed
            ? values.keys(in: use.table, scope: scope, where: use.column, is: word).first
            : values.row(ValueKey(table: use.table, scope: scope, key: word))?[use.column]
        if let found, !found.isEmpty { return found }
        switch use.whenMissing {
        case .same: return word
        case .leave: return nil
        case .park where use.isReversed:
            throw unfit(source, "a word that a row of the value table \(use.table) has as \(use.column)")
        case .park:
            let key = ValueKey(table: use.table, scope: scope, key: word)
            throw .missingValue(mapping: mapping, field: field.name, key, column: use.column)
        }
    }

    private func applied(_ rule: NumberRule, to found: Found) throws(MappingFault) -> JSONValue {
        let text = try text(found)
        guard let number = Decimal(exactly: rule.readsComma ? NumberRule.plain(text) : text) else {
            throw unfit(found, rule.readsComma ? "a number such as 1.234,50" : "a number")
        }
        guard let result = rule.apply(to: number) else {
            throw unfit(found, "a number whose result has at most 38 digits")
        }
        return rule.format.map { .string($0.text(of: result)) } ?? .number(result)
    }

    private func text(_ found: Found) throws(MappingFault) -> String {
        guard let text = found.value.scalarText else { throw unfit(found, "text") }
        return text
    }

    private func unfit(_ found: Found, _ expected: String) -> MappingFault {
        fault(.unfit(found.value, expected: expected), found.origin)
    }

    private func fault(_ misfit: ValueFit.Misfit, _ origin: String) -> MappingFault {
        switch misfit {
        case .tooLong(let text, let longest):
            .tooLong(mapping: mapping, field: field.name, found: text, longest: longest)
        case .unfit(let value, let expected):
            .unfit(
                mapping: mapping, field: field.name, found: "\(JSONNode(value: value).found) at \(origin)",
                expected: expected)
        }
    }
}
