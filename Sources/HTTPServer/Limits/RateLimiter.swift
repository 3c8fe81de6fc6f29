import Synchronization

/// Counts the requests of each source, whichever event loop they come in on.
///
/// One table for all loops, because a share per loop would give a source that opens many connections a multiple of
/// its rate. It is cut into shards with a lock each: two loops meet at a lock only when they serve sources of the
/// same shard in the same hundred nanoseconds, and a lock that nobody else holds costs two atomic operations.
final class RateLimiter: Sendable {
    private final class Shard: Sendable {
        let table: Mutex<SourceTable>
        init(_ table: SourceTable) { self.table = Mutex(table) }
    }

    private static let shardCount = 16
    private let shards: [Shard]

    init(_ rate: RequestRate, maxSources: Int) {
        let rate = TokenBucket.Rate(rate)
        shards = (0..<Self.shardCount).map { _ in
            Shard(SourceTable(rate: rate, capacity: maxSources / Self.shardCount))
        }
    }

    /// - Returns: `nil` if the request may pass, otherwise the nanoseconds to wait.
    func take(_ source: IPAddress, at now: UInt64) -> UInt64? {
        let hash = source.hashValue
        // The table uses the hash as well: other bits of it choose the shard.
        let shard = shards[Int(UInt(bitPattern: hash) >> 58) % Self.shardCount]
        return shard.table.withLock { $0.take(source, hash: hash & 0x03FF_FFFF_FFFF_FFFF, at: now) }
    }
}
