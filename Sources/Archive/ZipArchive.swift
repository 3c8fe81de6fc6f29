/// Zip archives (PKWARE APPNOTE 6.3) in memory, by way of libzip.
public enum ZipArchive {
    /// - Returns: The entries in their sequence; folders are left out.
    public static func read(
        _ bytes: [UInt8], limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [ArchiveEntry] {
        guard bytes.count <= limits.archiveBytes else {
            throw .archiveTooLarge(bytes: bytes.count, limit: limits.archiveBytes)
        }
        let reader = try ZipReader(bytes)
        guard reader.count > 0 else { throw .unreadable("it has no entries") }
        guard reader.count <= limits.entries else {
            throw .tooManyEntries(count: reader.count, limit: limits.entries)
        }
        var (entries, names): ([ArchiveEntry], Set<String>) = ([], [])
        var room = limits.unpackedBytes
        for index in 0..<reader.count {
            let name = try reader.name(at: index)
            try EntryName.check(name, limit: limits.nameBytes)
            // Two names that a file system takes for one would hide a file behind another.
            guard names.insert(name.lowercased()).inserted else { throw .repeatedName(name) }
            guard let content = try reader.content(at: index, name: name, atMost: room) else {
                throw .contentTooLarge(limit: limits.unpackedBytes)
            }
            room -= content.count
            if !name.hasSuffix("/") { entries.append(ArchiveEntry(name: name, content: content)) }
        }
        return entries
    }

    /// The same entries always make the same bytes: no times, no owners.
    public static func write(
        _ entries: [ArchiveEntry], limits: ArchiveLimits = ArchiveLimits()
    ) throws(ArchiveError) -> [UInt8] {
        guard !entries.isEmpty else { throw .notWritten("there is nothing to put into it") }
        guard entries.count <= limits.entries else {
            throw .tooManyEntries(count: entries.count, limit: limits.entries)
        }
        var (names, room): (Set<String>, Int) = ([], limits.unpackedBytes)
        for entry in entries {
            try EntryName.check(entry.name, limit: limits.nameBytes)
            guard names.insert(entry.name.lowercased()).inserted else { throw .repeatedName(entry.name) }
            room -= entry.content.count
            guard room >= 0 else { throw .contentTooLarge(limit: limits.unpackedBytes) }
        }
        let bytes = try ZipWriter.write(entries)
        guard bytes.count <= limits.archiveBytes else {
            throw .archiveTooLarge(bytes: bytes.count, limit: limits.archiveBytes)
        }
        return bytes
    }
}
