import Relay

/// How long orders took from being placed to their sales order, over the last day. Pure, and of a fixed size: hours
/// of counts in buckets that grow by a tenth.
struct OrderTimeWindow: Sendable {
    struct Summary: Sendable, Equatable {
        var count = 0
        /// At most a tenth too high.
        var p50 = Duration.zero
        var p95 = Duration.zero
        var longest = Duration.zero
    }

    private struct Hour {
        var number: Int64
        var counts = [Int32](repeating: 0, count: OrderTimeWindow.bounds.count + 1)
        var longest: Int64 = 0
    }

    static let hours = 24
    /// Moments of orders beyond the limit that are kept; more are counted as so many.
    static let mostLate = 10_000
    /// Milliseconds: from a tenth of a second to more than a month.
    static let bounds: [Int64] = {
        var bounds: [Int64] = []
        var bound = 100.0
        while bound < 3e9 {
            bounds.append(Int64(bound))
            bound *= 1.1
        }
        return bounds
    }()

    private var slots: [Hour] = []
    private var late: [Timestamp] = []

    /// - Parameter limit: What takes longer is late.
    mutating func add(_ took: Duration, at now: Timestamp, limit: Duration?) {
        let milliseconds = max(0, took.wholeMilliseconds)
        let number = Self.hour(now)
        slots.removeAll { number - $0.number > Int64(Self.hours) || $0.number > number }
        if slots.last?.number != number { slots.append(Hour(number: number)) }
        let bucket = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
        slots[slots.count - 1].counts[bucket] += 1
        slots[slots.count - 1].longest = max(slots[slots.count - 1].longest, milliseconds)
        guard let limit, took > limit else { return }
        if late.count == Self.mostLate { late.removeFirst() }
        late.append(now)
    }

    func summary(at now: Timestamp) -> Summary {
        let current = slots.filter { Self.hour(now) - $0.number < Int64(Self.hours) }
        let counts = Self.bounds.indices.map { bucket in current.reduce(0) { $0 + Int($1.counts[bucket]) } }
        let beyond = current.reduce(0) { $0 + Int($1.counts[Self.bounds.count]) }
        let longest = current.map(\.longest).max() ?? 0
        let count = counts.reduce(beyond, +)
        func quantile(_ share: Double) -> Duration {
            let wanted = Int((Double(count) * share).rounded(.up))
            var seen = 0
            for (bucket, here) in counts.enumerated() {
                seen += here
                if seen >= wanted { return .milliseconds(min(Self.bounds[bucket], longest)) }
            }
            return .milliseconds(longest)
        }
        guard count > 0 else { return Summary() }
        return Summary(count: count, p50: quantile(0.5), p95: quantile(0.95), longest: .milliseconds(longest))
    }

    /// Orders that were late since then.
    func late(since moment: Timestamp) -> Int { late.count { $0 >= moment } }

    private static func hour(_ moment: Timestamp) -> Int64 { moment.millisecondsSince1970 / 3_600_000 }
}
