/// Why bytes are no archive that is taken, or entries make none.
public enum ArchiveError: Error, Equatable, CustomStringConvertible {
    /// - Parameter detail: libzip's words.
    case unreadable(String)
    case archiveTooLarge(bytes: Int, limit: Int)
    case tooManyEntries(count: Int, limit: Int)
    case contentTooLarge(limit: Int)
    /// - Parameter rule: What a name must be.
    case unusableName(String, rule: String)
    case repeatedName(String)
    /// Encrypted, or packed by a method that this libzip does not know.
    case unsupportedEntry(String, detail: String)
    case corruptEntry(String, detail: String)
    case notWritten(String)

    public var description: String {
        switch self {
        case .unreadable(let detail): "The bytes are no zip archive: \(detail)."
        case .archiveTooLarge(let bytes, let limit): "The archive has \(bytes) bytes; at most \(limit) are taken."
        case .tooManyEntries(let count, let limit): "The archive has \(count) entries; at most \(limit) are taken."
        case .contentTooLarge(let limit): "The archive unpacks to more than \(limit) bytes."
        case .unusableName(let name, let rule): "The name \"\(name)\" of an entry cannot be used: \(rule)."
        case .repeatedName(let name): "The archive has two entries \"\(name)\"."
        case .unsupportedEntry(let name, let detail): "The entry \"\(name)\" cannot be unpacked: \(detail)."
        case .corruptEntry(let name, let detail): "The entry \"\(name)\" is damaged: \(detail)."
        case .notWritten(let detail): "The archive could not be written: \(detail)."
        }
    }
}
