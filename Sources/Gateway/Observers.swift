import HTTPServer
import HTTPTypes
import Logging
import Metrics
import Relay

/// Tells several observers, in their order.
struct RelayFanOut: RelayObserver {
    private let observers: [any RelayObserver]

    init(_ observers: [any RelayObserver]) { self.observers = observers }

    func notice(_ signal: RelaySignal) {
        for observer in observers { observer.notice(signal) }
    }
}

/// Counts what the relay does.
struct RelayMetrics: RelayObserver {
    let metrics: GatewayMetrics

    func notice(_ signal: RelaySignal) {
        switch signal {
        case .received(let receipt, let source, let kind, _): metrics.received(receipt, source: source, kind: kind)
        case .finished(let claim, let outcome, let took):
            metrics.finished(lane: claim.route.lane, outcome: outcome, took: took)
        case .started, .step, .leaseLost, .interrupted, .storeTrouble, .destination, .lane: break
        }
    }
}

/// Counts answers, and logs those with a problem: at most one line per second and kind, since anybody can cause them.
struct ServerWatch: ServerObserver {
    let metrics: GatewayMetrics
    let logger: Logger
    let clock: any WallClock
    private let throttle = Throttle()

    init(metrics: GatewayMetrics, logger: Logger, clock: any WallClock) {
        self.metrics = metrics
        self.logger = logger
        self.clock = clock
    }

    func answered(
        method: HTTPRequest.Method?, route: String?, status: HTTPResponse.Status, problemSlug: String?, took: Duration
    ) {
        let method = Self.label(method)
        metrics.answered(
            route: route ?? "none", method: method, status: status.code, problem: problemSlug, took: took)
        guard let problemSlug, let suppressed = throttle.pass(problemSlug, at: clock.now()) else { return }
        // The route's pattern and not the path: paths may hold tokens.
        var fields: Logger.Metadata = [
            "problem": "\(problemSlug)", "status": "\(status.code)", "route": "\(route ?? "none")",
            "method": "\(method)",
        ]
        if suppressed > 0 { fields["suppressed"] = "\(suppressed)" }
        logger.log(level: status.code >= 500 ? .error : .notice, "answered with a problem", metadata: fields)
    }

    func opened() { metrics.connections.increment() }

    func closed() { metrics.connections.decrement() }

    func reached(_ limit: ServerLimit) {
        metrics.reached(limit.rawValue)
        guard let cause = OverloadCause(limit) else { return }
        metrics.overload(cause.rawValue)
    }

    /// Methods are the peer's choice; label values are not.
    private static func label(_ method: HTTPRequest.Method?) -> String {
        guard let method else { return "none" }
        return known.contains(method.rawValue) ? method.rawValue : "other"
    }

    /// Few and short: comparing is faster than hashing, and most requests are the first two.
    private static let known = ["POST", "GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS"]
}
