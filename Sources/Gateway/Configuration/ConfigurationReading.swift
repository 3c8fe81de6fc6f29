import Yams

/// One reading of one file: where references come from, and what was found wrong so far.
///
/// Readers don't stop at the first problem. They note it and go on with a stand-in value, which nobody ever sees,
/// because a file with problems yields no configuration.
final class ConfigurationReading {
    /// Knows more sources once the section is read that describes them.
    var interpolation: Interpolation
    private(set) var problems: [ConfigurationProblem] = []

    init(interpolation: Interpolation) { self.interpolation = interpolation }

    func note(_ node: Node, _ key: String, found: String, expected: String) {
        note(line: node.mark?.line ?? 1, column: node.mark?.column ?? 1, key, found: found, expected: expected)
    }

    func note(line: Int, column: Int, _ key: String, found: String, expected: String) {
        problems.append(
            ConfigurationProblem(
                line: line, column: column, key: key, found: Interpolation.unveil(found), expected: expected))
    }

    /// The document's root, or `nil` if it is not a mapping or not YAML; that is noted then.
    func root(of yaml: String) -> ConfigurationSection? {
        do {
            guard let node = try Yams.compose(yaml: Interpolation.veil(yaml)) else {
                note(line: 1, column: 1, "", found: "an empty file", expected: "server, store, commerce, dynamics, …")
                return nil
            }
            return ConfigurationSection(node, at: "", in: self)
        } catch {
            note(syntaxError: error)
            return nil
        }
    }

    private func note(syntaxError error: any Error) {
        switch error as? YamlError {
        case .scanner(let context, let problem, let mark, _), .parser(let context, let problem, let mark, _),
            .composer(let context, let problem, let mark, _):
            note(
                line: mark.line, column: mark.column, "",
                found: "broken YAML: \(problem)" + (context.map { " (\($0.text))" } ?? ""),
                expected: "valid YAML; text with : # { } [ ] , in it needs quotes")
        case .duplicatedKeysInMapping(let keys, let context):
            note(
                line: context.mark.line, column: context.mark.column, keys.joined(separator: ", "),
                found: "the same key more than once in one section", expected: "each key once")
        default:
            note(line: 1, column: 1, "", found: "unreadable YAML", expected: "a UTF-8 text with valid YAML")
        }
    }
}
