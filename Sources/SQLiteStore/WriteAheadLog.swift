import Dispatch
import GRDB
import GRDBSQLite
import Synchronization

/// How long the write-ahead log has grown, and when to fold it back into the database file.
///
/// SQLite would do it inside the commit that crosses a mark, and make that one caller pay, on whichever connection
/// that is. Here the writer does it between two groups, or better when nobody waits.
final class WriteAheadLog: Sendable {
    /// Without work for this long, the store is quiet.
    static let quiet = DispatchTimeInterval.milliseconds(200)

    /// Pages in the log after the last commit.
    private let pages = Atomic(0)
    /// Pages that the last checkpoint had to leave, because a reader still needs the log.
    private let left = Atomic(0)
    private let quietCheckIsPlanned = Atomic(false)
    private let quietPages: Int
    private let busyPages: Int

    init(of writer: DatabaseQueue, options: StoreOptions) {
        quietPages = options.quietCheckpointPages
        busyPages = options.busyCheckpointPages
        writer.writeWithoutTransaction { db in
            // Not retained by SQLite: the committer keeps this object until it has closed the connection.
            let context = Unmanaged.passUnretained(self).toOpaque()
            sqlite3_wal_hook(
                db.sqliteConnection,
                { context, _, _, pages in
                    if let context {
                        Unmanaged<WriteAheadLog>.fromOpaque(context).takeUnretainedValue()
                            .pages.store(Int(pages), ordering: .relaxed)
                    }
                    return SQLITE_OK
                }, context)
        }
    }

    var isDueWhenBusy: Bool { grown >= busyPages }
    var isDueWhenQuiet: Bool { grown >= quietPages }

    /// What a checkpoint could not fold back counts once: it would fail again at each commit.
    private var grown: Int { pages.load(ordering: .relaxed) - left.load(ordering: .relaxed) }

    /// PASSIVE waits for nobody and blocks nobody; once all is folded back, the next commit starts the log anew.
    func checkpoint(_ db: Database) throws {
        let result = try db.checkpoint(.passive)
        let isComplete = result.checkpointedFrameCount == result.walFrameCount
        pages.store(isComplete ? 0 : Int(result.walFrameCount), ordering: .relaxed)
        left.store(isComplete ? 0 : Int(result.walFrameCount), ordering: .relaxed)
    }

    func forget() { pages.store(0, ordering: .relaxed) }

    /// - Returns: `false` if a check is planned already.
    func claimQuietCheck() -> Bool {
        quietCheckIsPlanned.compareExchange(expected: false, desired: true, ordering: .relaxed).exchanged
    }

    func releaseQuietCheck() { quietCheckIsPlanned.store(false, ordering: .relaxed) }
}
