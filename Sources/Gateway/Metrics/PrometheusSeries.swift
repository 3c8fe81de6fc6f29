import Metrics
import Synchronization

/// One name with one set of labels.
protocol PrometheusSeries: AnyObject, Sendable {
    func write(to text: inout PrometheusText, name: String, labels: PrometheusText.Labels)
}

final class PrometheusCounter: CounterHandler, PrometheusSeries {
    private let value = Atomic<Int64>(0)

    func increment(by amount: Int64) { value.wrappingAdd(max(0, amount), ordering: .relaxed) }

    func reset() { value.store(0, ordering: .relaxed) }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusText.Labels) {
        text.sample(name, labels, Double(value.load(ordering: .relaxed)))
    }
}

final class PrometheusGauge: MeterHandler, RecorderHandler, PrometheusSeries {
    private let value = Mutex(0.0)

    func set(_ value: Int64) { set(Double(value)) }
    func set(_ value: Double) { self.value.withLock { $0 = value } }
    func increment(by amount: Double) { value.withLock { $0 += amount } }
    func decrement(by amount: Double) { value.withLock { $0 -= amount } }
    func record(_ value: Int64) { set(Double(value)) }
    func record(_ value: Double) { set(value) }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusText.Labels) {
        text.sample(name, labels, value.withLock { $0 })
    }
}

/// Timers count in seconds, as Prometheus wants its base units.
final class PrometheusHistogram: TimerHandler, RecorderHandler, PrometheusSeries {
    /// Upper bounds; from an acknowledgement (about a millisecond) to a flow with many slow calls.
    static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120]

    private struct Counts {
        /// One more than there are bounds; the last holds what exceeds them all.
        var buckets = [Int64](repeating: 0, count: PrometheusHistogram.bounds.count + 1)
        var sum = 0.0
    }

    private let counts = Mutex(Counts())

    func recordNanoseconds(_ duration: Int64) { record(Double(duration) / 1e9) }

    func record(_ value: Int64) { record(Double(value)) }

    func record(_ value: Double) {
        let bucket = Self.bounds.firstIndex { value <= $0 } ?? Self.bounds.count
        counts.withLock {
            $0.buckets[bucket] += 1
            $0.sum += value
        }
    }

    func write(to text: inout PrometheusText, name: String, labels: PrometheusText.Labels) {
        let counts = self.counts.withLock { $0 }
        var total: Int64 = 0
        for (count, bound) in zip(counts.buckets, Self.bounds.map(PrometheusText.number) + ["+Inf"]) {
            total += count
            text.sample(name + "_bucket", labels.adding("le", bound), Double(total))
        }
        text.sample(name + "_sum", labels, counts.sum)
        text.sample(name + "_count", labels, Double(total))
    }
}
