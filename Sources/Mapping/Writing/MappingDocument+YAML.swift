import Foundation
import JSON

extension MappingDocument {
    /// The document as YAML that reads back as the same one, one row per field.
    public var yaml: String {
        var lines = ["mapping: \(Self.word(name))", "from: \(Self.word(from))", "to: \(Self.word(to))"]
        lines.append(fields.isEmpty ? "fields: {}" : "fields:")
        lines += fields.map { "  \(Self.word($0.name)): \($0.rule.yaml)" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What the company's own rules alone say, as its document would.
    public var ownYAML: String {
        var lines = ["mapping: \(Self.word(name))", "from: \(Self.word(from))", "to: \(Self.word(to))"]
        let own = fields.filter(\.isOwn)
        lines.append(own.isEmpty && removed.isEmpty ? "fields: {}" : "fields:")
        lines += own.map { "  \(Self.word($0.name)): \($0.rule.yaml)" }
        lines += removed.map { "  \(Self.word($0.name)): none" }
        return lines.joined(separator: "\n") + "\n"
    }

    /// As it is where YAML cannot take it for anything else, otherwise in quotes.
    static func word(_ text: String) -> String {
        let isPlain =
            text.unicodeScalars.allSatisfy { scalar in
                scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
                    || "_-.[]".unicodeScalars.contains(scalar)
            } && text.first?.isLetter == true && text.last != "-" && !reserved.contains(text.lowercased())
            && !text.contains("[")
        return isPlain ? text : quoted(text)
    }

    /// JSON's texts are YAML's texts in double quotes (YAML 1.2 §1.3).
    static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"", "\\": "\\\(scalar)"
            case "\u{0}"..<"\u{20}", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "\u{FFFF}":
                "\\u" + String(repeating: "0", count: 4 - String(scalar.value, radix: 16).count)
                    + String(scalar.value, radix: 16)
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static let reserved: Set<String> = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "none"]
}

extension FieldRule {
    /// The path alone if that is all, otherwise the parts in braces.
    var yaml: String {
        if isPlain, case .first(let paths) = source, paths.count == 1, let path = paths.first {
            return Self.path(path)
        }
        var parts = sourceParts
        if let fallback { parts.append("default: \(fallback.yaml)") }
        if !conditions.isEmpty { parts.append("when: " + Self.list(conditions.map(\.yaml))) }
        if let split {
            parts.append("split: { at: \(MappingDocument.quoted(split.separator)), part: \(split.part) }")
        }
        if !replacements.isEmpty {
            let pairs = replacements.map {
                "\(MappingDocument.quoted($0.text)): \(MappingDocument.quoted($0.replacement))"
            }
            parts.append("replace: { \(pairs.joined(separator: ", ")) }")
        }
        if !letters.isEmpty { parts.append("text: " + Self.list(letters.map(\.rawValue))) }
        if let table { parts += table.yamlParts }
        if let number { parts.append("number: { \(number.yamlParts.joined(separator: ", ")) }") }
        if let date { parts.append("date: \(date.yaml)") }
        if let padding {
            parts.append("pad: { to: \(padding.length), with: \(MappingDocument.quoted(String(padding.filler))) }")
        }
        if mayCut { parts.append("cut: true") }
        if isRequired { parts.append("required: true") }
        return "{ \(parts.joined(separator: ", ")) }"
    }

    private var sourceParts: [String] {
        switch source {
        case .first(let paths): ["from: \(Self.paths(paths))"]
        case .joined(let paths, let separator):
            ["from: \(Self.paths(paths))", "join: \(MappingDocument.quoted(separator))"]
        case .constant(let value): ["constant: \(value.yamlScalar)"]
        case .call(let name, let paths):
            ["call: \(MappingDocument.word(name))"] + (paths.isEmpty ? [] : ["with: \(Self.paths(paths))"])
        case .each(let path, let mapping, let root):
            [
                "each: \(Self.path(path))", "mapping: \(MappingDocument.word(mapping))",
                "as: \(MappingDocument.word(root))",
            ]
        }
    }

    fileprivate static func path(_ path: MappingPath) -> String { MappingDocument.word(path.description) }

    fileprivate static func paths(_ paths: [MappingPath]) -> String { list(paths.map(path)) }

    private static func list(_ items: [String]) -> String {
        items.count == 1 ? items.joined() : "[\(items.joined(separator: ", "))]"
    }
}

extension FieldRule.Fallback {
    fileprivate var yaml: String {
        switch self {
        case .constant(let value): value.yamlScalar
        case .first(let paths): "{ from: \(FieldRule.paths(paths)) }"
        }
    }
}

extension MappingCondition {
    fileprivate var yaml: String {
        func words(_ words: [String]) -> String {
            let quoted = words.map(MappingDocument.quoted)
            return quoted.count == 1 ? quoted.joined() : "[\(quoted.joined(separator: ", "))]"
        }
        let test =
            switch test {
            case .isPresent(let isPresent): "present: \(isPresent)"
            case .isOneOf(let found): "is: \(words(found))"
            case .isNoneOf(let found): "isNot: \(words(found))"
            case .isAbove(let limit): "above: \(limit)"
            case .isBelow(let limit): "below: \(limit)"
            }
        return "{ path: \(FieldRule.path(path)), \(test) }"
    }
}

extension TableUse {
    fileprivate var yamlParts: [String] {
        var parts = ["table: \(MappingDocument.word(table))", "column: \(MappingDocument.word(column))"]
        if isReversed { parts.append("reverse: true") }
        if whenMissing != .park { parts.append("missing: \(whenMissing.rawValue)") }
        return parts
    }
}

extension NumberRule {
    fileprivate var yamlParts: [String] {
        [
            readsComma ? "comma: true" : nil, factor.map { "times: \($0)" }, addend.map { "add: \($0)" },
            places.map { "round: \($0)" }, isNegated ? "negate: true" : nil,
            format.map { "format: \"\($0.pattern)\"" },
        ].compactMap(\.self)
    }
}

extension DateRule {
    fileprivate var yaml: String {
        guard zone != nil || addedDays != 0 else { return form.rawValue }
        var parts = ["as: \(form.rawValue)"]
        if let zone { parts.append("zone: \(MappingDocument.quoted(zone))") }
        if addedDays != 0 { parts.append("addDays: \(addedDays)") }
        return "{ \(parts.joined(separator: ", ")) }"
    }
}

extension JSONValue {
    /// Texts in quotes, so that they stay texts.
    fileprivate var yamlScalar: String { stringValue.map(MappingDocument.quoted) ?? scalarText ?? "\"\"" }
}
