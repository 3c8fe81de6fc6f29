import Cryptography
import Relay

struct BackupsJSON: Encodable {
    struct Kept: Encodable {
        var file: String
        var bytes: Int
        var madeAt: String
    }

    struct Ending: Encodable {
        var file: String
        var at: String
        var events: Int?
        var newestEvent: Int64?
        var bytes: Int?
        /// Why it failed.
        var problem: String?
    }

    /// Absent if backups are off.
    var folder: String?
    /// The one that is being made.
    var running: String?
    var last: Ending?
    /// Newest first.
    var backups: [Kept]

    init(_ keeper: BackupKeeper) async throws {
        folder = keeper.settings?.folder
        running = await keeper.running
        last = await keeper.last.map {
            Ending(
                file: $0.file, at: $0.at.iso8601, events: $0.report?.events,
                newestEvent: $0.report?.newestEvent?.rawValue, bytes: $0.report?.bytes, problem: $0.problem)
        }
        backups = ((try? keeper.kept()) ?? []).map { Kept(file: $0.file, bytes: $0.bytes, madeAt: $0.madeAt.iso8601) }
    }
}

struct StartedBackupJSON: Encodable {
    var file: String
}

struct SealingJSON: Encodable {
    /// Absent if nothing is sealed.
    var sealingKey: String?
    var isRunning: Bool
    /// Rows by the key that seals them.
    var rows: [String: Int]
    var plain: Int
    var plainSearchKeys: Int
    /// Rows that are not yet under the newest key.
    var left: Int
    /// What no key opens.
    var unreadable: [String]

    init(_ round: SealingRound) async throws {
        let report = try await round.report()
        sealingKey = report.sealingKey
        isRunning = round.isRunning
        rows = report.rows
        plain = report.plain
        plainSearchKeys = report.plainSearchKeys
        left = report.left
        unreadable = round.unreadable
    }
}

struct ErasuresJSON: Encodable {
    var erasures: [ErasureJSON]
}

struct HoldingsJSON: Encodable {
    var holdings: ErasureCountJSON
}

struct ErasureJSON: Encodable {
    var id: Int64
    var at: String
    var by: String
    var why: String
    /// `email` or `customer`.
    var kind: String
    /// A keyed hash of the subject, in hex.
    var subjectHash: String
    var count: ErasureCountJSON

    init(_ record: ErasureRecord) {
        id = record.id
        at = record.act.at.iso8601
        by = record.act.by
        why = record.act.why
        kind = record.kind.rawValue
        subjectHash = Hex.encode(record.hash)
        count = ErasureCountJSON(record.count)
    }
}

struct ErasureCountJSON: Encodable {
    var events: Int
    var attempts: Int
    var links: Int
    var unfinished: Int
    /// Deliveries that run: ask again when they have ended.
    var running: Int

    init(_ count: ErasureCount) {
        events = count.events
        attempts = count.attempts
        links = count.links
        unfinished = count.unfinished
        running = count.running
    }
}
