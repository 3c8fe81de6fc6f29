import Logging
import Relay
import Synchronization

/// Brings the whole store under the newest key, after encryption was turned on or a key was added; one round at a
/// time.
final class SealingRound: Sendable {
    /// Rows in one transaction. Whoever waits for the writer goes in between.
    static let rows = 200

    private struct State {
        var isRunning = false
        /// What no key opens, in words; the first of them.
        var unreadable: [String] = []
    }

    private let store: any StoreCare
    private let isOn: Bool
    private let logger: Logger
    private let state = Mutex(State())
    /// Words that are kept about what cannot be opened.
    private static let unreadableLimit = 100

    init(store: any StoreCare, isOn: Bool, logger: Logger) {
        self.store = store
        self.isOn = isOn
        self.logger = logger
    }

    var isRunning: Bool { state.withLock { $0.isRunning } }
    var unreadable: [String] { state.withLock { $0.unreadable } }

    func report() async throws -> SealingReport { try await store.sealing() }

    /// Does nothing if a round is under way, or nothing is to be sealed.
    func run() async {
        let mayRun = state.withLock { state in
            guard isOn, !state.isRunning else { return false }
            state = State(isRunning: true)
            return true
        }
        guard mayRun else { return }
        defer { state.withLock { $0.isRunning = false } }
        do {
            let changed = try await round()
            guard changed > 0 else { return }
            // What stood there in clear text must not stand in the log either.
            _ = try await store.truncateLog()
            logger.notice("sealed with the newest key", metadata: ["rows": "\(changed)"])
        } catch {
            logger.warning("sealing stopped; it goes on with the next start", metadata: ["error": "\(error)"])
        }
    }

    private func round() async throws -> Int {
        var changed = 0
        var position: ResealPosition?
        repeat {
            let page = try await store.reseal(from: position, limit: Self.rows)
            changed += page.changed
            for words in page.unreadable { note(words) }
            position = page.next
        } while position != nil && !Task.isCancelled
        return changed
    }

    private func note(_ words: String) {
        logger.error("cannot be sealed with the newest key", metadata: ["why": "\(words)"])
        state.withLock { if $0.unreadable.count < Self.unreadableLimit { $0.unreadable.append(words) } }
    }
}
