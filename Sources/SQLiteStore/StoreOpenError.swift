/// Why a store could not be opened. Nothing was changed.
public enum StoreOpenError: Error, Equatable, CustomStringConvertible {
    /// Another process holds the store.
    /// - Parameter process: Its id, as far as the lock file tells.
    case inUse(path: String, lock: String, process: Int?)
    /// The file exists and is something else.
    case notAStore(path: String, found: String)
    /// A newer version has changed the tables.
    case newerSchema(path: String, unknown: [String])
    /// SQLite did not take a setting that the promise "what we acknowledge is on disk" rests on.
    case notDurable(path: String, setting: String, found: String, expected: String)
    /// Something in it is sealed with keys that are not configured.
    case missingKeys(path: String, keys: [String])
    /// Its search keys were hashed with another secret: nothing would be found.
    case otherSearchKey(path: String)
    /// Its tables must be changed, and the copy that is kept before that could not be made.
    case notCopied(path: String, copy: String, detail: String)
    /// The file or its folder cannot be used.
    case unusable(path: String, detail: String)

    public var description: String {
        switch self {
        case .inUse(let path, let lock, let process):
            "\(path) is in use\(process.map { " by process \($0)" } ?? "") (\(lock) is locked). "
                + "Stop that process, or give this one a file of its own (store.sqlite)."
        case .notAStore(let path, let found):
            "\(path) is not a Causeway store: found \(found). Choose another path (store.sqlite)."
        case .newerSchema(let path, let unknown):
            "\(path) was written by a newer version (it has \(unknown.joined(separator: ", "))). "
                + "Run that version, or restore the copy from before the upgrade."
        case .notDurable(let path, let setting, let found, let expected):
            "\(path): SQLite reports \(setting)=\(found), expected \(expected). What is acknowledged would not "
                + "be safe, so nothing is accepted. Is the file on a local disk?"
        case .missingKeys(let path, let keys):
            "\(path) holds rows that are sealed with keys which are not configured: \(keys.joined(separator: ", ")). "
                + "Add them to store.encryption.keys; a key may go only when no row needs it (causeway store reseal)."
        case .otherSearchKey(let path):
            "\(path) was used with another store.encryption.searchKey. Give it that one again: what is kept hashed "
                + "would not be found with this one."
        case .notCopied(let path, let copy, let detail):
            "\(path) must be brought up to date, and is not touched before a copy of it is kept as \(copy): "
                + "\(detail). Make room, then start again."
        case .unusable(let path, let detail):
            "\(path) cannot be opened: \(detail). Check that the folder exists and is writable (store.sqlite)."
        }
    }
}
