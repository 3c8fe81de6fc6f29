/// A file in an archive.
public struct ArchiveEntry: Sendable, Equatable {
    /// UTF-8, with `/` between folders: `Customers V3.csv`.
    public var name: String
    public var content: [UInt8]

    public init(name: String, content: [UInt8]) {
        self.name = name
        self.content = content
    }
}
