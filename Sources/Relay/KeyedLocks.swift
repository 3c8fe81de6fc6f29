import Synchronization

/// One at a time per key, first come first served, across suspensions. Holds memory only for keys in use.
///
/// Two orders of one new customer have different subjects and run side by side; this is what keeps them from
/// creating the customer twice.
public final class KeyedLocks<Key: Hashable & Sendable>: Sendable {
    private struct Queue {
        var waiting: [CheckedContinuation<Void, Never>] = []
    }

    /// A key is present while somebody holds it.
    private let held = Mutex<[Key: Queue]>([:])

    public init() {}

    public func withLock<Result>(
        _ key: Key, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Result
    ) async rethrows -> Result {
        await acquire(key)
        defer { release(key) }
        return try await body()
    }

    private func acquire(_ key: Key) async {
        await withCheckedContinuation { continuation in
            let isMine = held.withLock { held in
                guard held[key] != nil else {
                    held[key] = Queue()
                    return true
                }
                held[key]?.waiting.append(continuation)
                return false
            }
            if isMine { continuation.resume() }
        }
    }

    private func release(_ key: Key) {
        let next = held.withLock { held -> CheckedContinuation<Void, Never>? in
            guard held[key]?.waiting.isEmpty == false else {
                held[key] = nil
                return nil
            }
            return held[key]?.waiting.removeFirst()
        }
        next?.resume()
    }
}
