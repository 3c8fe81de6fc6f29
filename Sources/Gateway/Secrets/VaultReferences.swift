import Yams

/// What a key vault said about each name that it was asked for.
typealias VaultValues = [String: Result<String, Interpolation.Failure>]

/// The `${vault:NAME}` of a configuration file, found before anything else is read.
enum VaultReferences {
    /// More are not asked for.
    static let limit = 200

    private static let prefix = "vault:"

    /// - Returns: Each name once, in the order of the file; none if it is not YAML, which the reading tells.
    static func names(in yaml: String) -> [String] {
        guard let node = try? Yams.compose(yaml: Interpolation.veil(yaml)) else { return [] }
        var names: [String] = []
        collect(node, &names)
        return names
    }

    private static func collect(_ node: Node, _ names: inout [String]) {
        switch node {
        case .scalar(let scalar):
            for reference in Interpolation.references(in: scalar.string) where reference.hasPrefix(prefix) {
                let name = String(reference.dropFirst(prefix.count))
                if isName(name), !names.contains(name), names.count < limit { names.append(name) }
            }
        case .mapping(let mapping):
            for (_, value) in mapping { collect(value, &names) }
        case .sequence(let items):
            for item in items { collect(item, &names) }
        case .alias: break
        }
    }

    /// `name` or `name/version` (learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates).
    private static func isName(_ text: String) -> Bool {
        text.wholeMatch(of: /[0-9A-Za-z-]{1,127}(\/[0-9a-f]{32})?/) != nil
    }
}

extension Interpolation {
    /// What stands between the braces, for a text that was veiled.
    static func references(in text: String) -> [String] {
        var references: [String] = []
        var rest = text[...]
        while let brace = rest.firstIndex(of: open) {
            let isEscaped = rest[..<brace].hasSuffix("$$")
            rest = rest[rest.index(after: brace)...]
            guard !isEscaped, let end = rest.firstIndex(of: close) else { continue }
            references.append(String(rest[..<end]))
        }
        return references
    }
}
