import JSON
import Yams

/// Reads one document's YAML and notes everything that is wrong with it.
struct MappingDocumentReader {
    /// What a document says, before it is laid over another.
    struct Result {
        var document: MappingDocument
        /// Fields that are taken away: `SalesOrderOriginCode: none`.
        var removed: Set<String>
    }

    let file: String
    private(set) var problems: [MappingProblem] = []

    init(file: String) { self.file = file }

    mutating func read(_ yaml: String) -> Result? {
        do {
            guard let root = try Yams.compose(yaml: yaml) else {
                note(nil, "", found: "an empty document", expected: "mapping, from, to and fields")
                return nil
            }
            return read(root)
        } catch let error as YamlError {
            note(error)
        } catch {
            note(nil, "", found: "unreadable YAML", expected: "a UTF-8 text with valid YAML")
        }
        return nil
    }

    private mutating func read(_ root: Node) -> Result? {
        guard let keys = members(of: root, "", known: ["mapping", "from", "to", "fields"]) else { return nil }
        let name = text(keys["mapping"], "mapping", at: root, expected: "the document's name, such as order-header")
        let from = text(keys["from"], "from", at: root, expected: "a kind of record, such as commerce.order")
        let to = text(keys["to"], "to", at: root, expected: "a kind of record, such as dynamics.SalesOrderHeader")
        guard let table = keys["fields"] else {
            note(root, "fields", found: "nothing", expected: "target fields with their rules")
            return nil
        }
        guard case .mapping(let rows) = table else {
            note(table, "fields", found: Self.kind(of: table), expected: "target fields with their rules")
            return nil
        }
        var fields: [MappingDocument.Field] = []
        var removed: Set<String> = []
        for (key, value) in rows {
            guard let field = key.string else {
                note(key, "fields", found: Self.kind(of: key), expected: "the name of a target field")
                continue
            }
            if value.string == "none" {
                removed.insert(field)
            } else if let rule = rule(value, "fields.\(field)") {
                fields.append(.init(name: field, rule: rule, place: "\(file):\(key.mark?.line ?? 1)"))
            }
        }
        guard let name, let from, let to else { return nil }
        return Result(document: MappingDocument(name: name, from: from, to: to, fields: fields), removed: removed)
    }

    /// The members of a section by key; keys that are not known are noted.
    mutating func members(of node: Node, _ key: String, known: [String]) -> [String: Node]? {
        guard case .mapping(let mapping) = node else {
            note(node, key, found: Self.kind(of: node), expected: "a section of keys and values")
            return nil
        }
        var members: [String: Node] = [:]
        for (name, value) in mapping {
            guard let word = name.string, known.contains(word) else {
                let path = [key, name.string ?? ""].filter { !$0.isEmpty }.joined(separator: ".")
                note(name, path, found: "an unknown key", expected: "one of \(known.joined(separator: ", "))")
                continue
            }
            members[word] = value
        }
        return members
    }

    mutating func text(_ node: Node?, _ key: String, at place: Node, expected: String) -> String? {
        guard let node else {
            note(place, key, found: "nothing", expected: expected)
            return nil
        }
        guard let text = node.string, !text.isEmpty else {
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

    private mutating func note(_ error: YamlError) {
        var problem = MappingProblem(
            file: file, line: 1, column: 1, key: "", found: "unreadable YAML", expected: "valid YAML")
        switch error {
        case .scanner(_, let detail, let mark, _), .parser(_, let detail, let mark, _),
            .composer(_, let detail, let mark, _):
            problem.line = mark.line
            problem.column = mark.column
            problem.found = detail
            problem.expected = "valid YAML; text with : # { } [ ] , in it needs quotes"
        case .duplicatedKeysInMapping(let keys, let context):
            problem.line = context.mark.line
            problem.column = context.mark.column
            problem.key = keys.joined(separator: ", ")
            problem.found = "the same key more than once in one section"
            problem.expected = "each key once"
        default: break
        }
        problems.append(problem)
    }

    static func kind(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): scalar.string.isEmpty ? "nothing" : "\"\(scalar.string)\""
        case .mapping: "a section"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}
