import Cryptography
import Relay
import Yams

extension EncryptionSettings {
    /// - Returns: `nil` without the section, or if a problem was noted.
    init?(_ section: ConfigurationSection?) {
        guard let section else { return nil }
        defer { section.finish() }
        let items = section.list("keys")
        if items.isEmpty { section.missing("keys", expected: "at least one key: { id: …, key: … }") }
        let keys = items.compactMap { Key($0.node, at: $0.path, in: section.reading) }
        Self.refuseDoubled(keys, items, section)
        let searchKey = section.keyBytes("searchKey", holding: "the key of searches: 32 bytes in hex or base64")
        guard !keys.isEmpty, let searchKey else { return nil }
        if keys.contains(where: { $0.bytes == searchKey }) {
            section.refuse(
                "searchKey", found: "one of the keys that seal",
                expected: "a key of its own, since it is never changed")
        }
        self.init(keys: keys, searchKey: Key(id: "search", bytes: searchKey))
    }

    private static func refuseDoubled(
        _ keys: [Key], _ items: [(node: Node, path: String)], _ section: ConfigurationSection
    ) {
        guard keys.count == items.count else { return }
        for (index, key) in keys.enumerated() {
            guard let first = keys[..<index].firstIndex(where: { $0.id == key.id }) else { continue }
            section.reading.note(
                items[index].node, items[index].path + ".id", found: "\"\(key.id)\", as in \(items[first].path)",
                expected: "another id for each key")
        }
    }
}

extension EncryptionSettings.Key {
    private static let idLength = 1...32

    fileprivate init?(_ node: Node, at path: String, in reading: ConfigurationReading) {
        guard let section = ConfigurationSection(node, at: path, in: reading) else { return nil }
        defer { section.finish() }
        let rule = "1 to 32 letters, digits, dots, dashes or underscores"
        if section.child("id") == nil { section.missing("id", expected: rule) }
        let id = section.value("id", expected: rule) { Self.isID($0) ? $0 : nil }
        let bytes = section.keyBytes("key", holding: "32 secret bytes in hex or base64")
        guard let id, let bytes else { return nil }
        self.init(id: id, bytes: bytes)
    }

    private static func isID(_ text: String) -> Bool {
        idLength.contains(text.utf8.count)
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-_".contains($0)) }
    }
}

extension ConfigurationSection {
    /// A key is never quoted, not even in part.
    func keyBytes(_ name: String, holding expected: String) -> [UInt8]? {
        guard child(name) != nil else {
            missing(name, expected: expected)
            return nil
        }
        guard let text = optionalText(name, expected: expected) else { return nil }
        let count = EncryptionSettings.Key.byteCount
        let bytes = text.utf8.count == count * 2 ? Hex.decode(text) : Base64.decode(text)
        guard let bytes else {
            refuse(
                name, found: "\(text.count) characters that are neither hex nor base64",
                expected: "32 bytes: 64 digits of hex or 44 characters of base64 (openssl rand -hex 32)")
            return nil
        }
        guard bytes.count == count else {
            refuse(name, found: "a key of \(bytes.count) bytes", expected: "32 bytes (openssl rand -hex 32)")
            return nil
        }
        return bytes
    }

    /// `keep`, `off` and the like in place of a duration.
    fileprivate func duration(
        _ key: String, in range: ClosedRange<Duration>, default fallback: Duration?, orNone word: String
    ) -> Duration? {
        if isWord(word, at: key) { return nil }
        let limits = "\(Quantity.text(range.lowerBound)) to \(Quantity.text(range.upperBound))"
        return value(key, expected: "a duration from \(limits), such as 30d, or \(word)") {
            Quantity.duration($0).flatMap { range.contains($0) ? $0 : nil }
        } ?? fallback
    }
}

extension BackupSettings {
    init?(_ section: ConfigurationSection?, _ files: ConfigurationFiles) {
        guard let section else { return nil }
        defer { section.finish() }
        self.init(folder: files.path(section.text("folder", expected: "an existing folder for backups")))
        keep = section.integer("keep", in: 1...1000, default: keep)
        every = section.duration("every", in: .seconds(60)...(.days(366)), default: every, orNone: "off")
    }
}

extension RetentionRules {
    init(_ section: ConfigurationSection?) {
        self = .standard
        guard let section else { return }
        ages = Ages(section, default: ages)
        if let kinds = section.section("kinds") {
            for kind in kinds.keys {
                guard let own = kinds.section(kind) else { continue }
                self.kinds[kind] = Ages(own, default: ages)
                own.finish()
            }
            kinds.finish()
        }
        section.finish()
    }
}

extension RetentionRules.Ages {
    fileprivate init(_ section: ConfigurationSection, default ages: RetentionRules.Ages) {
        let range = Duration.seconds(3600)...(.days(36_500))
        self.init(
            bodies: section.duration("bodies", in: range, default: ages.bodies, orNone: "keep"),
            attempts: section.duration("attempts", in: range, default: ages.attempts, orNone: "keep"),
            events: section.duration("events", in: range, default: ages.events, orNone: "keep"))
        // What is gone with its event cannot be kept longer.
        for (key, age) in [("bodies", bodies), ("attempts", attempts)] {
            guard let events, age ?? .seconds(Int64.max) > events, section.child(key) != nil else { continue }
            section.refuse(
                key, found: age.map(Quantity.text) ?? "keep",
                expected: "no longer than events, \(Quantity.text(events))")
        }
        if let events {
            bodies = min(bodies ?? events, events)
            attempts = min(attempts ?? events, events)
        }
    }
}
