/// The buckets of many sources in memory that does not grow. A pure value: time is given.
///
/// A source has its place in one of the sets, by its hash. When all places of a set are taken, the bucket that is
/// the fullest is given up: it loses least by starting anew, and one that is full loses nothing. The hash is seeded
/// per process (`Hasher`), so nobody can choose addresses that fall into one set.
struct SourceTable {
    private struct Entry {
        var source: IPAddress
        var bucket: TokenBucket
    }

    private static let placesPerSet = 8

    private let rate: TokenBucket.Rate
    private let setCount: Int
    private var entries: [Entry]

    /// - Parameter capacity: At least 1; rounded up to whole sets.
    init(rate: TokenBucket.Rate, capacity: Int) {
        self.rate = rate
        setCount = max(1, (capacity + Self.placesPerSet - 1) / Self.placesPerSet)
        let free = Entry(source: IPAddress(high: 0, low: 0), bucket: TokenBucket())
        entries = [Entry](repeating: free, count: setCount * Self.placesPerSet)
    }

    var capacity: Int { entries.count }

    /// Takes a token of `source`; see `TokenBucket.take`.
    /// - Parameter hash: Of the source.
    mutating func take(_ source: IPAddress, hash: Int, at now: UInt64) -> UInt64? {
        let start = Int(UInt(bitPattern: hash) % UInt(setCount)) * Self.placesPerSet
        var fullest = start
        for index in start..<(start + Self.placesPerSet) {
            if entries[index].source == source { return entries[index].bucket.take(rate, at: now) }
            if entries[index].bucket.fullAt < entries[fullest].bucket.fullAt { fullest = index }
        }
        var bucket = TokenBucket()
        let wait = bucket.take(rate, at: now)
        entries[fullest] = Entry(source: source, bucket: bucket)
        return wait
    }
}
