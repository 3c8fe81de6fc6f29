import JSON
import Yams

extension MappingDocumentReader {
    private static let ruleKeys = [
        "from", "join", "constant", "call", "with", "each", "mapping", "as", "default", "when", "split", "replace",
        "text", "table", "column", "reverse", "missing", "number", "date", "pad", "cut", "required",
    ]
    /// What a key needs beside it.
    private static let companions = [
        ("join", "from"), ("with", "call"), ("mapping", "each"), ("as", "each"), ("column", "table"),
        ("reverse", "table"), ("missing", "table"),
    ]

    /// A rule, or in short the path alone: `CurrencyCode: order.order_currency_code`.
    mutating func rule(_ node: Node, _ key: String) -> FieldRule? {
        if case .scalar = node {
            mark(node, "\(key).from")
            return paths(node, "\(key).from").map { FieldRule(source: .first($0)) }
        }
        guard let keys = members(of: node, key, known: Self.ruleKeys) else { return nil }
        for (name, companion) in Self.companions where keys[companion] == nil {
            if let node = keys[name] {
                note(node, "\(key).\(name)", found: name, expected: "\(name) only together with \(companion)")
            }
        }
        guard let source = source(keys, key, at: node) else { return nil }
        var rule = FieldRule(source: source)
        rule.fallback = keys["default"].flatMap { fallback($0, "\(key).default") }
        rule.conditions = keys["when"].map { conditions($0, "\(key).when") } ?? []
        rule.split = keys["split"].flatMap { split($0, "\(key).split") }
        rule.replacements = keys["replace"].map { replacements($0, "\(key).replace") } ?? []
        rule.letters = keys["text"].map { letters($0, "\(key).text") } ?? []
        rule.table = table(keys, key)
        rule.number = keys["number"].flatMap { number($0, "\(key).number") }
        rule.date = keys["date"].flatMap { date($0, "\(key).date") }
        rule.padding = keys["pad"].flatMap { padding($0, "\(key).pad") }
        rule.mayCut = keys["cut"].flatMap { flag($0, "\(key).cut") } ?? false
        rule.isRequired = keys["required"].flatMap { flag($0, "\(key).required") } ?? false
        return rule
    }

    private mutating func source(_ keys: [String: Node], _ key: String, at node: Node) -> FieldRule.Source? {
        let given = ["from", "constant", "call", "each"].filter { keys[$0] != nil }
        guard given.count == 1 else {
            note(
                node, key, found: given.isEmpty ? "no source" : given.joined(separator: " and "),
                expected: "one of from, constant, call, each")
            return nil
        }
        if let constant = keys["constant"] { return scalar(constant, "\(key).constant").map { .constant($0) } }
        if let call = keys["call"] {
            guard let name = text(call, "\(key).call", at: call, expected: "a function's name") else { return nil }
            guard let arguments = keys["with"] else { return .call(name, []) }
            return paths(arguments, "\(key).with").map { .call(name, $0) }
        }
        if let each = keys["each"] { return part(each, keys, key) }
        guard let from = keys["from"], let paths = paths(from, "\(key).from") else { return nil }
        guard let join = keys["join"] else { return .first(paths) }
        guard let separator = join.string else {
            note(join, "\(key).join", found: Self.kind(of: join), expected: "the text between the parts")
            return nil
        }
        return .joined(paths, separator: separator)
    }

    /// `{ each: order.items, mapping: order-line, as: line }`
    private mutating func part(_ each: Node, _ keys: [String: Node], _ key: String) -> FieldRule.Source? {
        let paths = paths(each, "\(key).each")
        if let paths, paths.count != 1 {
            note(each, "\(key).each", found: "\(paths.count) paths", expected: "one path that leads to a list")
        }
        let mapping = text(
            keys["mapping"], "\(key).mapping", at: each, expected: "the document that maps each element")
        let root = text(
            keys["as"], "\(key).as", at: each, expected: "the first word of that document's paths, such as line")
        guard let path = paths?.first, let mapping, let root else { return nil }
        return .each(path, mapping: mapping, root: root)
    }

    mutating func paths(_ node: Node, _ key: String) -> [MappingPath]? {
        let nodes = node.sequence.map(Array.init)
        var paths: [MappingPath] = []
        for (index, node) in (nodes ?? [node]).enumerated() {
            guard let text = node.string, let path = MappingPath(text) else {
                note(node, key, found: Self.kind(of: node), expected: "a path such as order.increment_id")
                return nil
            }
            if nodes != nil { mark(node, "\(key)[\(index)]") }
            paths.append(path)
        }
        guard !paths.isEmpty else {
            note(node, key, found: "an empty list", expected: "a path such as order.increment_id")
            return nil
        }
        return paths
    }

    private mutating func table(_ keys: [String: Node], _ key: String) -> TableUse? {
        guard let node = keys["table"],
            let name = text(node, "\(key).table", at: node, expected: "a value table's name"),
            let column = text(keys["column"], "\(key).column", at: node, expected: "a column of the value table")
        else { return nil }
        var use = TableUse(table: name, column: column)
        use.isReversed = keys["reverse"].flatMap { flag($0, "\(key).reverse") } ?? false
        use.whenMissing = keys["missing"].flatMap { word($0, "\(key).missing") } ?? .park
        return use
    }
}
