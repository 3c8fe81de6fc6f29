import Glibc

/// Counts durations in buckets whose width grows with the value: 64 to each power of two, so that a percentile is
/// exact to 1.6 %, in 30 KB, however many values there are.
struct LatencyHistogram {
    private static let stepBits = 6
    private static let steps = 1 << stepBits

    private var buckets = [UInt64](repeating: 0, count: (64 - stepBits + 1) << stepBits)
    private(set) var count: UInt64 = 0
    private(set) var largest: UInt64 = 0

    mutating func record(nanoseconds value: UInt64) {
        buckets[Self.bucket(of: value)] += 1
        count += 1
        largest = max(largest, value)
    }

    mutating func add(_ other: LatencyHistogram) {
        for index in buckets.indices { buckets[index] += other.buckets[index] }
        count += other.count
        largest = max(largest, other.largest)
    }

    /// The value, in nanoseconds, that this part of all values does not exceed; 0 if nothing was recorded.
    /// - Parameter part: In `0...1`.
    func percentile(_ part: Double) -> UInt64 {
        let rank = UInt64((Double(count) * part).rounded(.up))
        var seen: UInt64 = 0
        for (index, number) in buckets.enumerated() {
            seen += number
            if number > 0, seen >= rank { return min(Self.upperBound(of: index), largest) }
        }
        return largest
    }

    private static func bucket(of value: UInt64) -> Int {
        guard value >= steps else { return Int(value) }
        let shift = 63 - value.leadingZeroBitCount - stepBits
        return (shift + 1) << stepBits + Int(value >> UInt64(shift)) - steps
    }

    private static func upperBound(of bucket: Int) -> UInt64 {
        guard bucket >= steps else { return UInt64(bucket) }
        let shift = UInt64(bucket >> stepBits - 1)
        return (UInt64(bucket & (steps - 1) + steps + 1) << shift) &- 1
    }
}
