import JSON
import Yams

/// Reads one document's YAML and notes everything that is wrong with it.
struct MappingDocumentReader {
    /// What a document says, before it is laid over another.
    struct Result {
        var document: MappingDocument
        /// Fields whose rule could not be read: nobody needs to hear that they are missing as well.
        var unreadable: Set<String>
    }

    let file: String
    /// Whether it is the company's own.
    let isOwn: Bool
    private(set) var problems: [MappingProblem] = []
    /// Of the rule that is being read.
    private var places: RulePlaces

    init(file: String, isOwn: Bool) {
        self.file = file
        self.isOwn = isOwn
        places = RulePlaces(file: file, row: RulePlaces.Place(line: 1, column: 1))
    }

    mutating func read(_ yaml: String) -> Result? {
        if let breach = YAMLBounds.breach(in: yaml) {
            problems.append(
                MappingProblem(
                    file: file, line: breach.line, column: breach.column, key: "", found: breach.found,
                    expected: breach.expected))
            return nil
        }
        do {
            // Nodes hold their anchors weakly; the parser owns them.
            let parser = try Parser(yaml: yaml)
            return try withExtendedLifetime(parser) {
                guard let root = try parser.singleRoot() else {
                    note(nil, "", found: "an empty document", expected: "mapping, from, to and fields")
                    return nil
                }
                if let anchored = YAMLBounds.anchored(root) {
                    note(anchored, "", found: "an anchor", expected: "no anchors and aliases: each rule for itself")
                    return nil
                }
                return read(root)
            }
        } catch let error as YamlError {
            note(error)
        } catch {
            note(nil, "", found: "unreadable YAML", expected: "a UTF-8 text with valid YAML")
        }
        return nil
    }

    /// The name alone, whatever else is wrong.
    static func name(of yaml: String) -> (value: String, line: Int, column: Int)? {
        guard YAMLBounds.breach(in: yaml) == nil, let root = try? Yams.compose(yaml: yaml),
            case .mapping(let keys) = root,
            let node = keys.first(where: { $0.key.string == "mapping" })?.value, let name = node.string
        else { return nil }
        return (name, node.mark?.line ?? 1, node.mark?.column ?? 1)
    }

    private mutating func read(_ root: Node) -> Result? {
        begin(at: root)
        guard let keys = members(of: root, "", known: ["mapping", "from", "to", "fields"]) else { return nil }
        let name = text(keys["mapping"], "mapping", at: root, expected: "the document's name, such as order-header")
        let from = text(keys["from"], "from", at: root, expected: "a kind of record, such as commerce.order")
        let to = text(keys["to"], "to", at: root, expected: "a kind of record, such as dynamics.SalesOrderHeader")
        let places = places
        guard let table = keys["fields"], !Self.isNothing(table) else {
            note(keys["fields"] ?? root, "fields", found: "nothing", expected: "target fields with their rules")
            return nil
        }
        guard case .mapping(let rows) = table else {
            note(table, "fields", found: Self.kind(of: table), expected: "target fields with their rules")
            return nil
        }
        var fields: [MappingDocument.Field] = []
        var removed: [MappingDocument.Field.Removed] = []
        var unreadable: Set<String> = []
        for (key, value) in rows {
            guard let field = key.string, !field.isEmpty else {
                note(key, "fields", found: Self.kind(of: key), expected: "the name of a target field")
                continue
            }
            begin(at: key)
            let before = problems.count
            if isOwn, value.string == "none" {
                removed.append(.init(name: field, places: self.places))
            } else if let rule = rule(value, "fields.\(field)"), problems.count == before {
                fields.append(.init(name: field, rule: rule, isOwn: isOwn, places: self.places))
            } else {
                unreadable.insert(field)
            }
        }
        guard let name, let from, let to else { return nil }
        return Result(
            document: MappingDocument(
                name: name, from: from, to: to, fields: fields, removed: removed, places: places),
            unreadable: unreadable)
    }

    /// The members of a section by key; keys that are not known are noted.
    mutating func members(of node: Node, _ key: String, known: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            note(node, key, found: Self.kind(of: node), expected: "a section of keys and values")
            return nil
        }
        var members: [String: Node] = [:]
        for (name, value) in mapping {
            let path = [key, name.string ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
            guard let word = name.string, known.contains(word) else {
                let advice =
                    name.string.flatMap { NearestName.of($0, among: known) }.map { "perhaps \($0)" }
                    ?? "one of \(known.joined(separator: ", "))"
                note(name, path, found: "an unknown key", expected: advice)
                continue
            }
            mark(value, path)
            members[word] = value
        }
        return members
    }

    mutating func text(_ node: Node?, _ key: String, at place: Node, expected: String) -> String? {
        guard let node else {
            note(place, key, found: "nothing", expected: expected)
            return nil
        }
        guard let text = node.string, !text.isEmpty, !Self.isNothing(node) else {
            note(node, key, found: Self.kind(of: node), expected: expected)
            return nil
        }
        return text
    }

    mutating func note(_ node: Node?, _ key: String, found: String, expected: String) {
        problems.append(
            MappingProblem(
                file: file, line: node?.mark?.line ?? 1, column: node?.mark?.column ?? 1, key: key, found: found,
                expected: expected))
    }

    /// Remembers where a part stands.
    mutating func mark(_ node: Node, _ key: String) {
        places.parts[key] = RulePlaces.Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1)
    }

    private mutating func begin(at node: Node) {
        places = RulePlaces(
            file: file, row: RulePlaces.Place(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1))
    }

    private mutating func note(_ error: YamlError) {
        var problem = MappingProblem(
            file: file, line: 1, column: 1, key: "", found: "unreadable YAML", expected: "valid YAML")
        switch error {
        case .scanner(_, let detail, let mark, _), .parser(_, let detail, let mark, _),
            .composer(_, let detail, let mark, _):
            problem.line = max(1, mark.line)
            problem.column = max(1, mark.column)
            problem.found = detail
            problem.expected = "valid YAML; text with : # { } [ ] , in it needs quotes"
        case .duplicatedKeysInMapping(let keys, let context):
            problem.line = max(1, context.mark.line)
            problem.column = max(1, context.mark.column)
            problem.key = keys.joined(separator: ", ")
            problem.found = "the same key more than once in one section"
            problem.expected = "each key once"
        default: break
        }
        problems.append(problem)
    }

    static func kind(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): isNothing(node) ? "nothing" : "\"\(scalar.string.prefix(40))\""
        case .mapping: "a section"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    static func isNothing(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node else { return false }
        return scalar.string.isEmpty || (isPlain(scalar) && ["~", "null"].contains(scalar.string))
    }

    static func isPlain(_ scalar: Node.Scalar) -> Bool { scalar.style == .plain || scalar.style == .any }
}
