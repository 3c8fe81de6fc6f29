import Mapping
import Yams

/// A mapping in the configuration file. Each key that is asked for becomes known; `finish()` refuses the others.
final class ConfigurationSection {
    let node: Node
    let path: String
    let reading: ConfigurationReading
    private var entries: [String: (key: Node, value: Node)] = [:]
    private var known: Set<String> = []

    /// - Returns: `nil` if the node is not a mapping; that is noted.
    init?(_ node: Node, at path: String, in reading: ConfigurationReading) {
        self.node = node
        self.path = path
        self.reading = reading
        guard case .mapping(let mapping) = node else {
            reading.note(node, path, found: Self.kind(of: node), expected: "a section of keys and values")
            return nil
        }
        for (key, value) in mapping {
            guard case .scalar(let scalar) = key else {
                reading.note(key, path, found: Self.kind(of: key), expected: "a plain word as key")
                continue
            }
            if entries.updateValue((key, value), forKey: scalar.string) != nil {
                reading.note(
                    key, childPath(scalar.string), found: "the same key once more", expected: "each key once")
            }
        }
    }

    /// In the order of the file.
    var keys: [String] { entries.sorted { place(of: $0.value.key) < place(of: $1.value.key) }.map(\.key) }

    func childPath(_ key: String) -> String { path.isEmpty ? key : path + "." + key }

    /// The value's node; a key without a value counts as absent where it is optional.
    func child(_ key: String) -> Node? {
        known.insert(key)
        guard let value = entries[key]?.value, !Self.isNull(value) else { return nil }
        return value
    }

    func section(_ key: String) -> ConfigurationSection? {
        child(key).flatMap { ConfigurationSection($0, at: childPath(key), in: reading) }
    }

    func requiredSection(_ key: String, holding what: String) -> ConfigurationSection? {
        guard child(key) == nil else { return section(key) }
        missing(key, expected: what)
        return nil
    }

    /// The items of a list with their paths (`signatures[0]`); empty if there is none.
    func list(_ key: String) -> [(node: Node, path: String)] {
        guard let value = child(key) else { return [] }
        guard case .sequence(let items) = value else {
            reading.note(value, childPath(key), found: Self.kind(of: value), expected: "a list: [ … ]")
            return []
        }
        return items.enumerated().map { ($0.element, "\(childPath(key))[\($0.offset)]") }
    }

    func missing(_ key: String, expected: String) {
        let place = entries[key]?.key ?? node
        reading.note(place, childPath(key), found: "nothing", expected: expected)
    }

    func refuse(_ key: String, found: String, expected: String) {
        reading.note(entries[key]?.value ?? node, childPath(key), found: found, expected: expected)
    }

    func refuseKey(_ key: String, expected: String) {
        reading.note(entries[key]?.key ?? node, childPath(key), found: "\"\(key)\"", expected: expected)
    }

    /// Whether the value is this one word, where a section is expected otherwise.
    func isWord(_ word: String, at key: String) -> Bool {
        guard case .scalar(let scalar)? = child(key) else { return false }
        return scalar.string == word
    }

    /// For keys of the design that this version cannot serve yet.
    /// - Returns: Whether the key is there.
    @discardableResult
    func notAvailableYet(_ key: String, instead: String) -> Bool {
        known.insert(key)
        guard let entry = entries[key] else { return false }
        reading.note(
            entry.key, childPath(key), found: "\(key), which is not available yet in \(Version.current)",
            expected: instead)
        return true
    }

    /// Notes every key that nobody asked for, with the known one that was most likely meant.
    func finish() {
        for name in keys where !known.contains(name) {
            guard let key = entries[name]?.key else { continue }
            let advice =
                NearestName.of(name, among: known).map { "perhaps \($0)" }
                ?? "one of " + known.sorted().joined(separator: ", ")
            reading.note(key, childPath(name), found: "an unknown key", expected: advice)
        }
    }

    static func kind(of node: Node) -> String {
        switch node {
        case .scalar(let scalar): isNull(node) ? "nothing" : "\"\(scalar.string)\""
        case .mapping: "a section"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }

    private static func isNull(_ node: Node) -> Bool {
        guard case .scalar(let scalar) = node, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    private func place(of node: Node) -> (Int, Int) { (node.mark?.line ?? 0, node.mark?.column ?? 0) }
}
