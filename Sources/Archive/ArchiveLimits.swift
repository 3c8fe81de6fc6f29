/// How much one archive may hold, written or read. An archive of a few kilobytes can unpack to terabytes.
public struct ArchiveLimits: Sendable, Equatable {
    public var entries: Int
    /// Of all entries together, unpacked.
    public var unpackedBytes: Int
    /// Of the archive itself.
    public var archiveBytes: Int
    /// Of one name, in UTF-8.
    public var nameBytes: Int

    public init(
        entries: Int = 256, unpackedBytes: Int = 256 << 20, archiveBytes: Int = 128 << 20, nameBytes: Int = 255
    ) {
        self.entries = entries
        self.unpackedBytes = unpackedBytes
        self.archiveBytes = archiveBytes
        self.nameBytes = nameBytes
    }
}
