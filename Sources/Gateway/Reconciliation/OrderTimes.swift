import Flows
import Relay
import Synchronization

/// Measures "order placed → sales order created": from the shop's own time of the order, or where the event does not
/// tell it from its arrival, to the moment at which its sales order is known to exist.
final class OrderTimes: RelayObserver {
    /// Upper bounds in seconds; from a second to a day.
    static let bounds: [Int64] = [1, 2, 5, 10, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400]
    private static let step = "header"

    private struct State {
        /// Of the deliveries that run.
        var running: [DeliveryID: StoredEvent] = [:]
        var window = OrderTimeWindow()
        var buckets = [Int64](repeating: 0, count: OrderTimes.bounds.count + 1)
        var sum = Duration.zero
    }

    struct Reading: Sendable, Equatable {
        var summary: OrderTimeWindow.Summary
        var limit: Duration?
        /// Orders that took longer than the limit, within the time that the rule looks at.
        var late: Int
    }

    let rule: AlertRules.OrderTime?
    let startedAt: Timestamp
    private let clock: any WallClock
    private let state = Mutex(State())

    init(rule: AlertRules.OrderTime?, clock: any WallClock) {
        self.rule = rule
        self.clock = clock
        startedAt = clock.now()
    }

    func notice(_ signal: RelaySignal) {
        switch signal {
        case .started(let claim) where claim.route.flow == OrderToSalesOrder.name:
            state.withLock { $0.running[claim.lease.delivery] = claim.event }
        case .step(let lease, Self.step, _, _, _): created(lease.delivery)
        case .finished(let claim, _, _): forget(claim.lease.delivery)
        case .leaseLost(let lease), .interrupted(let lease): forget(lease.delivery)
        case .started, .step, .received, .storeTrouble, .destination, .lane: break
        }
    }

    private func forget(_ delivery: DeliveryID) { state.withLock { _ = $0.running.removeValue(forKey: delivery) } }

    private func created(_ delivery: DeliveryID) {
        guard let event = state.withLock({ $0.running[delivery] }) else { return }
        let now = clock.now()
        // Two machines' clocks never agree wholly.
        let took = max(.zero, now - event.orderPlacedAt)
        let seconds = took.components.seconds + (took.components.attoseconds > 0 ? 1 : 0)
        let bucket = Self.bounds.firstIndex { seconds <= $0 } ?? Self.bounds.count
        state.withLock { state in
            state.window.add(took, at: now, limit: rule?.limit)
            state.buckets[bucket] += 1
            state.sum += took
        }
    }

    func reading(at now: Timestamp) -> Reading {
        let window = state.withLock { $0.window }
        return Reading(
            summary: window.summary(at: now), limit: rule?.limit,
            late: rule.map { window.late(since: now + (.zero - $0.within)) } ?? 0)
    }

    /// In Prometheus' text format.
    var metrics: String {
        let (buckets, sum) = state.withLock { ($0.buckets, $0.sum) }
        let name = "causeway_order_to_sales_order_seconds"
        var text = PrometheusText()
        text.family(
            name, .histogram,
            help:
                "Time from an order's placing in the shop to its sales order, for sales orders made since the start.")
        var total: Int64 = 0
        for (count, bound) in zip(buckets, Self.bounds.map(String.init) + ["+Inf"]) {
            total += count
            text.sample(name + "_bucket", .init([]).adding("le", bound), Double(total))
        }
        text.sample(name + "_sum", .init([]), Double(sum.wholeMilliseconds) / 1000)
        text.sample(name + "_count", .init([]), Double(total))
        return text.content
    }
}

/// The measure as `/status` shows it.
struct OrderTimesJSON: Encodable {
    /// Sales orders of the last day, or since the start.
    var count: Int
    var p50Seconds: Double
    var p95Seconds: Double
    var maxSeconds: Double
    /// What is late; left out if nothing is.
    var limitSeconds: Double?
    /// Late ones within the time that the alert looks at.
    var late: Int
    var measuredSince: String

    init(_ times: OrderTimes, at now: Timestamp) {
        let reading = times.reading(at: now)
        func seconds(_ duration: Duration) -> Double { Double(duration.wholeMilliseconds) / 1000 }
        count = reading.summary.count
        p50Seconds = seconds(reading.summary.p50)
        p95Seconds = seconds(reading.summary.p95)
        maxSeconds = seconds(reading.summary.longest)
        limitSeconds = reading.limit.map(seconds)
        late = reading.late
        measuredSince = max(times.startedAt, now + (.zero - .seconds(86_400))).iso8601
    }
}
