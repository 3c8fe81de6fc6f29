import Logging
import Relay
import Synchronization

/// Watches the files of the store.
final class StoreWatch: Sendable {
    /// Bytes of the write-ahead log from which on it is cut, which makes writers wait for a moment. The writer folds
    /// it back at a twentieth of that; only readers that don't end let it grow so far.
    static let highLog = 128 << 20
    /// Room on the disk that is worth a warning.
    static let lowDisk = 512 << 20

    private let store: any StoreCare
    private let clock: any WallClock
    private let logger: Logger
    private let last = Mutex<StoreFigures?>(nil)

    init(store: any StoreCare, clock: any WallClock, logger: Logger) {
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// As of the last look.
    var figures: StoreFigures? { last.withLock { $0 } }

    func look() async {
        guard let figures = try? await store.figures() else { return }
        last.withLock { $0 = figures }
        if figures.logBytes > Self.highLog { await cutLog(figures.logBytes) }
        if let free = figures.diskFreeBytes, free < Self.lowDisk {
            logger.warning("the store's disk is nearly full", metadata: ["freeMiB": "\(free >> 20)"])
        }
    }

    private func cutLog(_ bytes: Int) async {
        let isCut = (try? await store.truncateLog()) ?? false
        logger.log(
            level: isCut ? .notice : .warning,
            isCut
                ? "the write-ahead log had grown, and was cut"
                : "the write-ahead log grows, since something reads the store without an end: a shell, a backup?",
            metadata: ["logMiB": "\(bytes >> 20)"])
    }
}
