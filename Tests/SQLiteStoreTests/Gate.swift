import Dispatch
import Synchronization

@testable import SQLiteStore

/// Holds the writer in the middle of a transaction, so that a test can choose who stands in the next group.
struct Gate: Sendable {
    private let opened = DispatchSemaphore(value: 0)

    func open() { opened.signal() }

    /// Returns when the writer stands at the gate.
    func hold(_ store: SQLiteStore) async -> Task<Void, any Error> {
        let opened = opened
        let (arrivals, arrive) = AsyncStream<Void>.makeStream()
        let task = Task {
            try await store.committer.perform(.bookkeeping) { _ in
                arrive.finish()
                opened.wait()
            }
        }
        for await _ in arrivals {}
        return task
    }
}

extension SQLiteStore {
    /// Returns when `count` operations wait for the writer.
    func waitForQueue(of count: Int) async {
        while committer.waiting < count { await Task.yield() }
    }
}
