import Synchronization

/// Writes down the pauses that destinations ask for by `Retry-After`, and sets them again at the next start.
///
/// Calls do not wait for it: a pause holds in memory at once, and stands in the store one commit later. A process that
/// is killed between the two, or while the disk is full, forgets it.
final class HoldBook: Sendable {
    private struct Content {
        /// Destinations whose pause has become longer since it was written.
        var news: Set<String> = []
        var isClosed = false
    }

    private let memory: any DestinationMemory
    private let destinations: [String: Destination]
    private let clock: any WallClock
    private let content = Mutex(Content())
    private let bell = WakeUp()

    /// - Parameter clock: The wall clock, since what is written outlives the process.
    init(_ memory: any DestinationMemory, _ destinations: [String: Destination], _ clock: any WallClock) {
        self.memory = memory
        self.destinations = destinations
        self.clock = clock
        for destination in destinations.values {
            destination.whenAskedToWait { [weak self, name = destination.name] in self?.note(name) }
        }
    }

    func restore() async throws {
        for hold in try await memory.holds() { destinations[hold.destination]?.hold(for: hold.left(clock)) }
    }

    /// Waits for news.
    /// - Returns: `nil` when it is closed and all is written.
    func news() async -> Set<String>? {
        while true {
            let (news, isClosed) = content.withLock { ($0.news, $0.isClosed) }
            if !news.isEmpty { return news }
            if isClosed { return nil }
            await bell.wait()
        }
    }

    /// What is left of the pause now is what is written, so whatever is written later is also what holds longer.
    /// Called by one task only.
    func write(_ name: String) async throws {
        content.withLock { _ = $0.news.remove(name) }
        guard let wait = destinations[name]?.pauseLeft, wait >= .milliseconds(1) else { return }
        let hold = DestinationHold(
            destination: name, since: clock.now(), sinceUptime: clock.uptime(), boot: clock.boot, wait: wait)
        do {
            try await memory.remember(hold)
        } catch {
            content.withLock { _ = $0.news.insert(name) }
            throw error
        }
    }

    /// Nothing more comes.
    func close() {
        content.withLock { $0.isClosed = true }
        bell.ring()
    }

    private func note(_ name: String) {
        content.withLock { _ = $0.news.insert(name) }
        bell.ring()
    }
}
