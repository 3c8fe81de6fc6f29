import JSON
import Yams

extension MappingDocumentReader {
    private static let ruleKeys = [
        "from", "join", "constant", "call", "with", "default", "when", "split", "text", "table", "column", "reverse",
        "missing", "number", "date", "cut", "required",
    ]

    /// A rule, or in short the path alone: `CurrencyCode: order.order_currency_code`.
    mutating func rule(_ node: Node, _ key: String) -> FieldRule? {
        if case .scalar = node {
            return paths(node, key).map { FieldRule(source: .first($0)) }
        }
        guard let keys = members(of: node, key, known: Self.ruleKeys) else { return nil }
        guard let source = source(keys, key, at: node) else { return nil }
        var rule = FieldRule(source: source)
        rule.fallback = keys["default"].flatMap { scalar($0, "\(key).default") }
        rule.condition = keys["when"].flatMap { condition($0, "\(key).when") }
        rule.split = keys["split"].flatMap { split($0, "\(key).split") }
        rule.letters = keys["text"].flatMap { word($0, "\(key).text") }
        rule.table = table(keys, key)
        rule.number = keys["number"].flatMap { number($0, "\(key).number") }
        rule.date = keys["date"].flatMap { word($0, "\(key).date") }
        rule.mayCut = keys["cut"].flatMap { flag($0, "\(key).cut") } ?? false
        rule.isRequired = keys["required"].flatMap { flag($0, "\(key).required") } ?? false
        return rule
    }

    private mutating func source(_ keys: [String: Node], _ key: String, at node: Node) -> FieldRule.Source? {
        let given = ["from", "constant", "call"].filter { keys[$0] != nil }
        guard given.count == 1 else {
            note(
                node, key, found: given.isEmpty ? "no source" : given.joined(separator: " and "),
                expected: "one of from, constant, call")
            return nil
        }
        if let constant = keys["constant"] { return scalar(constant, "\(key).constant").map { .constant($0) } }
        if let call = keys["call"] {
            guard let name = text(call, "\(key).call", at: call, expected: "a function's name") else { return nil }
            guard let arguments = keys["with"] else { return .call(name, []) }
            return paths(arguments, "\(key).with").map { .call(name, $0) }
        }
        guard let from = keys["from"], let paths = paths(from, "\(key).from") else { return nil }
        guard let join = keys["join"] else { return .first(paths) }
        guard let separator = join.string else {
            note(join, "\(key).join", found: Self.kind(of: join), expected: "the text between the parts")
            return nil
        }
        return .joined(paths, separator: separator)
    }

    private mutating func paths(_ node: Node, _ key: String) -> [MappingPath]? {
        let nodes = node.sequence.map(Array.init) ?? [node]
        var paths: [MappingPath] = []
        for node in nodes {
            guard let text = node.string, let path = MappingPath(text) else {
                note(node, key, found: Self.kind(of: node), expected: "a path such as order.increment_id")
                return nil
            }
            paths.append(path)
        }
        return paths
    }

    private mutating func scalar(_ node: Node, _ key: String) -> JSONValue? {
        guard case .scalar(let scalar) = node else {
            note(node, key, found: Self.kind(of: node), expected: "a text, a number, true or false")
            return nil
        }
        return .string(scalar.string)
    }

    private mutating func condition(_ node: Node, _ key: String) -> MappingCondition? {
        guard let keys = members(of: node, key, known: ["path", "is", "isNot", "present"]) else { return nil }
        guard let path = keys["path"].flatMap({ paths($0, "\(key).path")?.first }) else {
            if keys["path"] == nil { note(node, "\(key).path", found: "nothing", expected: "a path") }
            return nil
        }
        if let words = keys["is"] { return MappingCondition(path: path, test: .isOneOf(texts(words))) }
        if let words = keys["isNot"] { return MappingCondition(path: path, test: .isNoneOf(texts(words))) }
        let isPresent = keys["present"].flatMap { flag($0, "\(key).present") } ?? true
        return MappingCondition(path: path, test: .isPresent(isPresent))
    }

    private func texts(_ node: Node) -> [String] {
        (node.sequence.map(Array.init) ?? [node]).compactMap(\.string)
    }

    private mutating func split(_ node: Node, _ key: String) -> TextSplit? {
        guard let keys = members(of: node, key, known: ["at", "part"]) else { return nil }
        guard let separator = keys["at"]?.string, !separator.isEmpty, let part = keys["part"]?.int, part != 0 else {
            note(node, key, found: "an incomplete split", expected: "{ at: \" \", part: 1 }; -1 is the last part")
            return nil
        }
        return TextSplit(separator: separator, part: part)
    }

    private mutating func table(_ keys: [String: Node], _ key: String) -> TableUse? {
        guard let node = keys["table"] else {
            for name in ["column", "reverse", "missing"] {
                if let node = keys[name] {
                    note(node, "\(key).\(name)", found: name, expected: "\(name) only together with table")
                }
            }
            return nil
        }
        guard let name = text(node, "\(key).table", at: node, expected: "a value table's name"),
            let column = text(keys["column"], "\(key).column", at: node, expected: "a column of the value table")
        else { return nil }
        var use = TableUse(table: name, column: column)
        use.isReversed = keys["reverse"].flatMap { flag($0, "\(key).reverse") } ?? false
        use.whenMissing = keys["missing"].flatMap { word($0, "\(key).missing") } ?? .park
        return use
    }

    private mutating func number(_ node: Node, _ key: String) -> NumberRule? {
        guard let keys = members(of: node, key, known: ["round", "negate"]) else { return nil }
        var rule = NumberRule()
        if let round = keys["round"] {
            guard let places = round.int, (0...12).contains(places) else {
                note(round, "\(key).round", found: Self.kind(of: round), expected: "decimal places, 0 to 12")
                return nil
            }
            rule.places = places
        }
        rule.isNegated = keys["negate"].flatMap { flag($0, "\(key).negate") } ?? false
        return rule
    }

    private mutating func flag(_ node: Node, _ key: String) -> Bool? {
        if let flag = node.bool { return flag }
        note(node, key, found: Self.kind(of: node), expected: "true or false")
        return nil
    }

    private mutating func word<Word: RawRepresentable & CaseIterable>(
        _ node: Node, _ key: String
    ) -> Word? where Word.RawValue == String {
        if let word = node.string.flatMap(Word.init(rawValue:)) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        note(node, key, found: Self.kind(of: node), expected: "one of \(words)")
        return nil
    }
}
