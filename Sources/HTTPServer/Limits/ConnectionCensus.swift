import Synchronization

/// How many connections each source has. An entry lives as long as a connection, so `maxConnections` bounds it.
final class ConnectionCensus: Sendable {
    private let counts = Mutex<[IPAddress: Int]>([:])
    private let limit: Int

    init(limit: Int) { self.limit = limit }

    /// - Returns: Whether the source may have another connection; it has it then.
    func enter(_ source: IPAddress) -> Bool {
        counts.withLock { counts in
            let count = counts[source] ?? 0
            guard count < limit else { return false }
            counts[source] = count + 1
            return true
        }
    }

    func leave(_ source: IPAddress) {
        counts.withLock { counts in
            guard let count = counts[source] else { return }
            counts[source] = count > 1 ? count - 1 : nil
        }
    }

    var sourceCount: Int { counts.withLock { $0.count } }
}
