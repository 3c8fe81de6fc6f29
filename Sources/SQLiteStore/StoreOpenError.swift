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
        case .unusable(let path, let detail):
            "\(path) cannot be opened: \(detail). Check that the folder exists and is writable (store.sqlite)."
        }
    }
}
