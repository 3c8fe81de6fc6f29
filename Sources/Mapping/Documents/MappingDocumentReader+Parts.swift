import Foundation
import JSON
import Yams

extension MappingDocumentReader {
    /// Texts in quotes stay texts; plain ones are numbers and flags where JSON would write them so: `EUR`, `12.50`,
    /// `true`. `007`, `NO` and `yes` are texts.
    mutating func scalar(_ node: Node, _ key: String) -> JSONValue? {
        guard case .scalar(let scalar) = node, !Self.isNothing(node) else {
            note(node, key, found: Self.kind(of: node), expected: "a text, a number, true or false")
            return nil
        }
        guard Self.isPlain(scalar), let value = try? JSONValue.parse(Array(scalar.string.utf8)) else {
            return .string(scalar.string)
        }
        switch value {
        case .number, .bool: return value
        default: return .string(scalar.string)
        }
    }

    mutating func fallback(_ node: Node, _ key: String) -> FieldRule.Fallback? {
        guard case .mapping = node else { return scalar(node, key).map { .constant($0) } }
        guard let keys = members(of: node, key, known: ["from"]) else { return nil }
        guard let from = keys["from"] else {
            note(node, key, found: "nothing", expected: "a value, or { from: a path }")
            return nil
        }
        return paths(from, "\(key).from").map { .first($0) }
    }

    /// One condition, or a list of them that must all hold.
    mutating func conditions(_ node: Node, _ key: String) -> [MappingCondition] {
        guard let nodes = node.sequence.map(Array.init) else { return condition(node, key).map { [$0] } ?? [] }
        if nodes.isEmpty { note(node, key, found: "an empty list", expected: "{ path: a path, is: a word }") }
        return nodes.enumerated().compactMap { condition($1, "\(key)[\($0)]") }
    }

    private mutating func condition(_ node: Node, _ key: String) -> MappingCondition? {
        let tests = ["is", "isNot", "present", "above", "below"]
        guard let keys = members(of: node, key, known: ["path"] + tests) else { return nil }
        guard let path = keys["path"] else {
            note(node, "\(key).path", found: "nothing", expected: "a path")
            return nil
        }
        let given = tests.filter { keys[$0] != nil }
        guard given.count <= 1 else {
            note(
                node, key, found: given.joined(separator: " and "),
                expected: "one of them; a list of conditions where all must hold")
            return nil
        }
        guard let path = paths(path, "\(key).path")?.first, let test = test(keys, key) else { return nil }
        return MappingCondition(path: path, test: test)
    }

    private mutating func test(_ keys: [String: Node], _ key: String) -> MappingCondition.Test? {
        if let words = keys["is"] { return texts(words, "\(key).is").map { .isOneOf($0) } }
        if let words = keys["isNot"] { return texts(words, "\(key).isNot").map { .isNoneOf($0) } }
        if let limit = keys["above"] { return decimal(limit, "\(key).above").map { .isAbove($0) } }
        if let limit = keys["below"] { return decimal(limit, "\(key).below").map { .isBelow($0) } }
        guard let present = keys["present"] else { return .isPresent(true) }
        return flag(present, "\(key).present").map { .isPresent($0) }
    }

    private mutating func texts(_ node: Node, _ key: String) -> [String]? {
        let texts = (node.sequence.map(Array.init) ?? [node]).map(\.string)
        guard !texts.isEmpty, !texts.contains(nil) else {
            note(node, key, found: Self.kind(of: node), expected: "a word, or a list of words")
            return nil
        }
        return texts.compactMap(\.self)
    }

    mutating func split(_ node: Node, _ key: String) -> TextSplit? {
        guard let keys = members(of: node, key, known: ["at", "part"]) else { return nil }
        guard let separator = keys["at"]?.string, !separator.isEmpty, let part = keys["part"]?.int, part != 0 else {
            note(node, key, found: "an incomplete split", expected: "{ at: \" \", part: 1 }; -1 is the last part")
            return nil
        }
        return TextSplit(separator: separator, part: part)
    }

    mutating func replacements(_ node: Node, _ key: String) -> [TextReplacement] {
        guard case .mapping(let pairs) = node, !pairs.isEmpty else {
            note(node, key, found: Self.kind(of: node), expected: "{ \"what\": \"by what\" }")
            return []
        }
        return pairs.compactMap { pair in
            guard let text = pair.key.string, !text.isEmpty, let replacement = pair.value.string else {
                note(pair.key, key, found: Self.kind(of: pair.key), expected: "{ \"what\": \"by what\" }")
                return nil
            }
            return TextReplacement(text: text, replacement: replacement)
        }
    }

    mutating func letters(_ node: Node, _ key: String) -> [LetterCase] {
        (node.sequence.map(Array.init) ?? [node]).compactMap { word($0, key) }
    }

    mutating func number(_ node: Node, _ key: String) -> NumberRule? {
        guard let keys = members(of: node, key, known: ["comma", "times", "add", "round", "negate", "format"]) else {
            return nil
        }
        var rule = NumberRule()
        rule.readsComma = keys["comma"].flatMap { flag($0, "\(key).comma") } ?? false
        rule.factor = keys["times"].flatMap { decimal($0, "\(key).times") }
        rule.addend = keys["add"].flatMap { decimal($0, "\(key).add") }
        rule.places = keys["round"].flatMap { whole($0, "\(key).round", in: 0...NumberRule.mostPlaces) }
        rule.isNegated = keys["negate"].flatMap { flag($0, "\(key).negate") } ?? false
        if let format = keys["format"] {
            rule.format = format.string.flatMap(NumberRule.Format.init)
            if rule.format == nil {
                note(format, "\(key).format", found: Self.kind(of: format), expected: "0, \"0.00\" or \"0,00\"")
            }
        }
        return rule
    }

    mutating func date(_ node: Node, _ key: String) -> DateRule? {
        if case .scalar = node { return word(node, key).map { DateRule($0) } }
        guard let keys = members(of: node, key, known: ["as", "zone", "addDays"]) else { return nil }
        guard let form = keys["as"] else {
            note(node, "\(key).as", found: "nothing", expected: "noon, moment, day or stamp")
            return nil
        }
        guard let form: DateForm = word(form, "\(key).as") else { return nil }
        var rule = DateRule(form)
        rule.zone = keys["zone"]?.string
        if let zone = keys["zone"], rule.zone.flatMap(TimeZone.init(identifier:)) == nil {
            note(zone, "\(key).zone", found: Self.kind(of: zone), expected: "a time zone such as Europe/Vienna")
        }
        let days = -DateRule.mostDays...DateRule.mostDays
        rule.addedDays = keys["addDays"].flatMap { whole($0, "\(key).addDays", in: days) } ?? 0
        return rule
    }

    mutating func padding(_ node: Node, _ key: String) -> TextPadding? {
        guard let keys = members(of: node, key, known: ["to", "with"]) else { return nil }
        guard let filler = keys["with"]?.string, filler.count == 1, let character = filler.first,
            let length = keys["to"]?.int, (1...TextPadding.longest).contains(length)
        else {
            note(
                node, key, found: "an incomplete pad",
                expected: "{ to: 9, with: \"0\" }: a length from 1 to \(TextPadding.longest), and one character")
            return nil
        }
        return TextPadding(length: length, filler: character)
    }

    mutating func flag(_ node: Node, _ key: String) -> Bool? {
        if let flag = node.bool { return flag }
        note(node, key, found: Self.kind(of: node), expected: "true or false")
        return nil
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(
        _ node: Node, _ key: String
    ) -> Word? where Word.RawValue == String {
        if let word = node.string.flatMap(Word.init(rawValue:)) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        note(node, key, found: Self.kind(of: node), expected: "one of \(words)")
        return nil
    }

    private mutating func whole(_ node: Node, _ key: String, in range: ClosedRange<Int>) -> Int? {
        if let number = node.int, range.contains(number) { return number }
        note(
            node, key, found: Self.kind(of: node),
            expected: "a whole number from \(range.lowerBound) to \(range.upperBound)")
        return nil
    }

    private mutating func decimal(_ node: Node, _ key: String) -> Decimal? {
        if let number = node.string.flatMap({ Decimal(exactly: $0) }) { return number }
        note(node, key, found: Self.kind(of: node), expected: "a number such as 0.01")
        return nil
    }
}
