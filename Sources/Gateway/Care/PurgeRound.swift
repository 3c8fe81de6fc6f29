import Logging
import Relay
import Synchronization

/// Takes away what the rules of retention don't keep.
final class PurgeRound: Sendable {
    /// Rows in one transaction. Whoever waits for the writer goes in between.
    static let rows = 500

    private let rules: RetentionRules
    private let store: any Retention
    private let clock: any WallClock
    private let logger: Logger
    private let sum = Mutex(PurgeCount())

    init(rules: RetentionRules, store: any Retention, clock: any WallClock, logger: Logger) {
        self.rules = rules
        self.store = store
        self.clock = clock
        self.logger = logger
    }

    /// What was purged since the start.
    var total: PurgeCount { sum.withLock { $0 } }

    /// Until nothing is left to purge.
    func run() async {
        var purged = PurgeCount()
        do {
            while !Task.isCancelled {
                let part = try await store.purge(rules, now: clock.now(), limit: Self.rows)
                if part.isEmpty { break }
                purged = purged + part
                sum.withLock { $0 = $0 + part }
            }
            while !Task.isCancelled, try await store.release() > 0 {}
        } catch {
            logger.warning("purging stopped; it is tried again", metadata: ["error": "\(error)"])
        }
        guard !purged.isEmpty else { return }
        logger.info(
            "purged what is no longer kept",
            metadata: ["bodies": "\(purged.bodies)", "attempts": "\(purged.attempts)", "events": "\(purged.events)"])
    }
}
