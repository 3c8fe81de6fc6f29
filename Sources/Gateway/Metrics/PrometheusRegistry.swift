public import Metrics
import Synchronization

/// A swift-metrics backend that keeps everything in memory and writes it out as Prometheus text.
///
/// Making a metric takes a lock; counting does not: handles hold their own atomics, so hot paths make theirs once
/// and keep them.
public final class PrometheusRegistry: MetricsFactory {
    private struct Family {
        var kind: PrometheusText.Kind
        var series: [PrometheusText.Labels: any PrometheusSeries] = [:]
    }

    private let families = Mutex<[String: Family]>([:])
    private let help: [String: String]

    /// Series of one name; more are counted together under the label `overflow="true"`, so that no sender can fill
    /// the memory with label values.
    public static let seriesLimit = 1000

    /// - Parameter help: A sentence for each name.
    public init(help: [String: String] = [:]) { self.help = help }

    /// All metrics in Prometheus text format 0.0.4, sorted by name and labels.
    public func text() -> String {
        let families = self.families.withLock { $0 }
        var text = PrometheusText()
        for (name, family) in families.sorted(by: { $0.key < $1.key }) {
            text.family(name, family.kind, help: help[name])
            for (labels, series) in family.series.sorted(by: { $0.key < $1.key }) {
                series.write(to: &text, name: name, labels: labels)
            }
        }
        return text.content
    }

    public func makeCounter(label: String, dimensions: [(String, String)]) -> any CounterHandler {
        series(label, .counter, dimensions) { PrometheusCounter() } ?? PrometheusCounter()
    }

    public func makeRecorder(
        label: String, dimensions: [(String, String)], aggregate: Bool
    ) -> any RecorderHandler {
        if aggregate {
            series(label, .histogram, dimensions) { PrometheusHistogram() } ?? PrometheusHistogram()
        } else {
            series(label, .gauge, dimensions) { PrometheusGauge() } ?? PrometheusGauge()
        }
    }

    public func makeMeter(label: String, dimensions: [(String, String)]) -> any MeterHandler {
        series(label, .gauge, dimensions) { PrometheusGauge() } ?? PrometheusGauge()
    }

    public func makeTimer(label: String, dimensions: [(String, String)]) -> any TimerHandler {
        series(label, .histogram, dimensions) { PrometheusHistogram() } ?? PrometheusHistogram()
    }

    public func destroyCounter(_ handler: any CounterHandler) { remove(handler) }
    public func destroyRecorder(_ handler: any RecorderHandler) { remove(handler) }
    public func destroyMeter(_ handler: any MeterHandler) { remove(handler) }
    public func destroyTimer(_ handler: any TimerHandler) { remove(handler) }

    /// - Returns: `nil` if the name is taken by another kind of metric; what is counted then is not shown.
    private func series<Series: PrometheusSeries>(
        _ name: String, _ kind: PrometheusText.Kind, _ dimensions: [(String, String)], make: () -> Series
    ) -> Series? {
        let name = PrometheusText.name(name)
        return families.withLock { families in
            var family = families[name] ?? Family(kind: kind)
            guard family.kind == kind else { return nil }
            var labels = PrometheusText.Labels(dimensions)
            if family.series[labels] == nil, family.series.count >= Self.seriesLimit {
                labels = PrometheusText.Labels([("overflow", "true")])
            }
            if let known = family.series[labels] { return known as? Series }
            let series = make()
            family.series[labels] = series
            families[name] = family
            return series
        }
    }

    private func remove(_ handler: AnyObject) {
        families.withLock { families in
            for (name, family) in families {
                families[name]?.series = family.series.filter { $0.value !== handler }
                if families[name]?.series.isEmpty == true { families[name] = nil }
            }
        }
    }
}
