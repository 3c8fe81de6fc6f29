/// Which names an entry may have: a relative path that stays below the folder it is unpacked to, on any system.
enum EntryName {
    static func check(_ name: String, limit: Int) throws(ArchiveError) {
        func refuse(_ rule: String) -> ArchiveError {
            .unusableName(String(name.prefix(80).filter { !$0.isControl }), rule: rule)
        }
        guard !name.isEmpty, name.utf8.count <= limit else { throw refuse("it must have 1 to \(limit) bytes") }
        guard !name.contains(where: \.isControl) else { throw refuse("it must not hold control characters") }
        // Windows takes either slash for a separator, and a colon for a drive.
        let parts = name.split(separator: "/", omittingEmptySubsequences: false)
        guard !name.contains("\\"), !name.contains(":"), parts.first != "" else {
            throw refuse("it must be a relative path with / between folders")
        }
        guard !parts.dropLast().contains(""), !parts.contains("."), !parts.contains("..") else {
            throw refuse("it must not hold empty parts, . or ..")
        }
    }
}

extension Character {
    fileprivate var isControl: Bool { unicodeScalars.contains { $0.properties.generalCategory == .control } }
}
