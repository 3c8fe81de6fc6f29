/// For whoever looks after the store: sizes, copies, keys.
public protocol StoreCare: Sendable {
    func figures() async throws -> StoreFigures

    /// Folds the write-ahead log back and cuts its file to nothing. Writers wait meanwhile, for a moment.
    /// - Returns: `false` if readers still need it.
    @discardableResult
    func truncateLog() async throws -> Bool

    /// Writes a whole and consistent copy while the store goes on, and opens it to verify it. It holds every event
    /// that was acknowledged before.
    /// - Parameter path: A file in an existing folder; replaced if it exists.
    /// - Throws: An error that says why, for a person; nothing is left behind then.
    func backUp(to path: String) async throws -> BackupReport

    /// How many rows each key still seals.
    func sealing() async throws -> SealingReport

    /// Seals up to `limit` rows with the newest key that are plain or sealed with an older one, and hashes what is
    /// looked for by a hash, in one transaction.
    /// - Parameter position: Where the page before ended; `nil` for the first.
    func reseal(from position: ResealPosition?, limit: Int) async throws -> ResealPage
}

public struct StoreFigures: Sendable, Equatable, Codable {
    /// Bytes of the database file.
    public var bytes: Int
    /// Of them, bytes without content, which new events will use.
    public var freeBytes: Int
    /// Bytes of the write-ahead log.
    public var logBytes: Int
    /// Bytes that the file system still has room for; `nil` if it does not say.
    public var diskFreeBytes: Int?

    public init(bytes: Int, freeBytes: Int, logBytes: Int, diskFreeBytes: Int?) {
        self.bytes = bytes
        self.freeBytes = freeBytes
        self.logBytes = logBytes
        self.diskFreeBytes = diskFreeBytes
    }
}

public struct BackupReport: Sendable, Equatable, Codable {
    public var bytes: Int
    public var events: Int
    /// The newest event in it; `nil` if there is none.
    public var newestEvent: EventID?
    /// Deliveries that were not finished.
    public var unfinished: Int
    /// The keys that it needs.
    public var keys: [String]

    public init(bytes: Int, events: Int, newestEvent: EventID?, unfinished: Int, keys: [String] = []) {
        self.bytes = bytes
        self.events = events
        self.newestEvent = newestEvent
        self.unfinished = unfinished
        self.keys = keys
    }
}

/// One page of resealing.
public struct ResealPage: Sendable, Equatable {
    /// Rows that were changed.
    public var changed: Int
    /// What no key opens, in words; it stays as it is.
    public var unreadable: [String]
    /// Where the next page begins; `nil` when this was the last.
    public var next: ResealPosition?

    public init(changed: Int, unreadable: [String], next: ResealPosition?) {
        self.changed = changed
        self.unreadable = unreadable
        self.next = next
    }
}

/// A place between two pages; only the store reads it.
public struct ResealPosition: Sendable, Equatable {
    public var stage: Int
    /// The key that is looked after.
    public var key: String?
    public var after: Int64

    public init(stage: Int, key: String? = nil, after: Int64 = 0) {
        self.stage = stage
        self.key = key
        self.after = after
    }
}

public struct SealingReport: Sendable, Equatable, Codable {
    /// The key that seals now; `nil` if nothing is sealed.
    public var sealingKey: String?
    /// Rows by the key that seals them.
    public var rows: [String: Int]
    /// Rows that are not sealed.
    public var plain: Int
    /// Search keys that are not hashed.
    public var plainSearchKeys: Int

    public init(sealingKey: String?, rows: [String: Int], plain: Int, plainSearchKeys: Int) {
        self.sealingKey = sealingKey
        self.rows = rows
        self.plain = plain
        self.plainSearchKeys = plainSearchKeys
    }

    /// Rows that `StoreCare.reseal` has still to look after.
    public var left: Int {
        guard let sealingKey else { return 0 }
        return plain + plainSearchKeys + rows.filter { $0.key != sealingKey }.values.reduce(0, +)
    }
}
