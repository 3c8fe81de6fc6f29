import Metrics
import Relay
import Synchronization

/// What the gateway counts, with handles made once.
final class GatewayMetrics: Sendable {
    private struct Key: Hashable {
        var name: StaticName
        var first: String
        var second: String
    }

    private enum StaticName {
        case problems, accepted, duplicates, deliveries, tests, limits, overload
    }

    private struct AnswerKey: Hashable {
        var route: String
        var method: String
        var status: Int
    }

    /// What every answer of one kind counts, found with one look.
    private struct Answers {
        let counter: Counter
        let timer: Timer
    }

    let registry = PrometheusRegistry(help: [
        "causeway_http_responses_total": "HTTP answers by route, method and status.",
        "causeway_http_request_seconds": "Time from the last byte of a request to its answer, by route.",
        "causeway_http_connections": "Open connections.",
        "causeway_http_problems_total": "Answers with an error, by problem type.",
        "causeway_http_limit_reached_total": "Requests refused and connections closed because of a limit.",
        "causeway_overload_total": "Requests that could not be taken although nothing was wrong with them, by cause.",
        "causeway_events_accepted_total": "Events stored for the first time, by source and kind.",
        "causeway_events_duplicate_total": "Events that were stored before, by source and kind.",
        "causeway_events_test_total": "Test events answered and not stored, by source.",
        "causeway_deliveries_total": "Attempts by lane and what came of them.",
        "causeway_delivery_seconds": "Time that attempts took, by lane.",
        "causeway_alerts_raised_total": "Alerts raised, by kind.",
        "causeway_alerts_standing": "Alerts that stand, by kind.",
        "causeway_alert_notices_total": "Notices about alerts, by channel and outcome.",
    ])

    private let counters = Mutex<[Key: Counter]>([:])
    private let timers = Mutex<[String: Timer]>([:])
    private let answers = Mutex<[AnswerKey: Answers]>([:])
    /// Kinds that may be label values; whoever sends others is counted under `other`.
    private let kinds: Set<String>

    /// Open connections.
    let connections: Meter

    init(kinds: Set<String>) {
        self.kinds = kinds
        connections = Meter(label: "causeway_http_connections", factory: registry)
    }

    func answered(route: String, method: String, status: Int, problem: String?, took: Duration) {
        let key = AnswerKey(route: route, method: method, status: status)
        let answers = self.answers.withLock { known in
            if let answers = known[key] { return answers }
            let answers = makeAnswers(key)
            known[key] = answers
            return answers
        }
        answers.counter.increment()
        answers.timer.recordNanoseconds(took.nanosecondsForMetrics)
        guard let problem else { return }
        count(Key(name: .problems, first: problem, second: "")) {
            Counter(label: "causeway_http_problems_total", dimensions: [("type", problem)], factory: registry)
        }
    }

    /// - Parameter limit: As `server.limits` calls it.
    func reached(_ limit: String) {
        count(Key(name: .limits, first: limit, second: "")) {
            Counter(
                label: "causeway_http_limit_reached_total", dimensions: [("limit", limit)], factory: registry)
        }
    }

    func overload(_ cause: String) {
        count(Key(name: .overload, first: cause, second: "")) {
            Counter(label: "causeway_overload_total", dimensions: [("cause", cause)], factory: registry)
        }
    }

    private func makeAnswers(_ key: AnswerKey) -> Answers {
        Answers(
            counter: Counter(
                label: "causeway_http_responses_total",
                dimensions: [("route", key.route), ("method", key.method), ("status", String(key.status))],
                factory: registry),
            // The registry gives the same histogram to all kinds of answers of one route.
            timer: Timer(
                label: "causeway_http_request_seconds", dimensions: [("route", key.route)], factory: registry))
    }

    func received(_ receipt: Receipt, source: String, kind: String) {
        let kind = kinds.contains(kind) ? kind : "other"
        let name = receipt.isDuplicate ? "causeway_events_duplicate_total" : "causeway_events_accepted_total"
        count(Key(name: receipt.isDuplicate ? .duplicates : .accepted, first: source, second: kind)) {
            Counter(label: name, dimensions: [("source", source), ("kind", kind)], factory: registry)
        }
    }

    func testEvent(source: String) {
        count(Key(name: .tests, first: source, second: "")) {
            Counter(label: "causeway_events_test_total", dimensions: [("source", source)], factory: registry)
        }
    }

    func finished(lane: String, outcome: Outcome, took: Duration) {
        // A failure waits, and so does what was given back; only the first one is worth an alert.
        let name = if case .held = outcome { "held" } else { outcome.state.rawValue }
        count(Key(name: .deliveries, first: lane, second: name)) {
            Counter(
                label: "causeway_deliveries_total", dimensions: [("lane", lane), ("outcome", name)],
                factory: registry)
        }
        time("causeway_delivery_seconds", ("lane", lane), took)
    }

    private func count(_ key: Key, make: () -> Counter) {
        let counter = counters.withLock { counters in
            if let counter = counters[key] { return counter }
            let counter = make()
            counters[key] = counter
            return counter
        }
        counter.increment()
    }

    private func time(_ name: String, _ label: (String, String), _ duration: Duration) {
        let timer = timers.withLock { timers in
            if let timer = timers[name + label.1] { return timer }
            let timer = Timer(label: name, dimensions: [label], factory: registry)
            timers[name + label.1] = timer
            return timer
        }
        timer.recordNanoseconds(duration.nanosecondsForMetrics)
    }
}

extension Duration {
    fileprivate var nanosecondsForMetrics: Int64 {
        let (seconds, attoseconds) = components
        return seconds * 1_000_000_000 + attoseconds / 1_000_000_000
    }
}

extension GatewayMetrics {
    /// Everything counted so far, and the lanes as they are now.
    func page(lanes: [LaneOverview], now: Timestamp) -> String {
        var text = PrometheusText()
        text.family("causeway_lane_deliveries", .gauge, help: "Deliveries by lane and state.")
        for lane in lanes.sorted(by: { $0.lane < $1.lane }) {
            for state in DeliveryState.allCases {
                text.sample(
                    "causeway_lane_deliveries", .init([("lane", lane.lane), ("state", state.rawValue)]),
                    Double(lane.counts[state.rawValue] ?? 0))
            }
        }
        text.family(
            "causeway_lane_oldest_seconds", .gauge,
            help: "Age of the oldest delivery that still waits, by lane; 0 if none.")
        for lane in lanes.sorted(by: { $0.lane < $1.lane }) {
            text.sample("causeway_lane_oldest_seconds", .init([("lane", lane.lane)]), lane.oldestSeconds(at: now))
        }
        return registry.text() + text.content
    }
}

extension LaneOverview {
    /// 0 if nothing waits.
    func oldestSeconds(at now: Timestamp) -> Double {
        guard let oldestWaitingSince else { return 0 }
        return Double(max(0, (now - oldestWaitingSince).wholeMilliseconds)) / 1000
    }
}
