import Metrics

/// Counts alerts by kind and notices by channel.
struct AlertMetrics: Sendable {
    private let raisedByKind: [AlertKind: Counter]
    private let standingByKind: [AlertKind: Meter]
    private let factory: any MetricsFactory

    init(factory: any MetricsFactory) {
        self.factory = factory
        raisedByKind = Dictionary(
            uniqueKeysWithValues: AlertKind.allCases.map { kind in
                (
                    kind,
                    Counter(
                        label: "causeway_alerts_raised_total", dimensions: [("kind", kind.rawValue)], factory: factory
                    )
                )
            })
        standingByKind = Dictionary(
            uniqueKeysWithValues: AlertKind.allCases.map { kind in
                (
                    kind,
                    Meter(
                        label: "causeway_alerts_standing", dimensions: [("kind", kind.rawValue)], factory: factory)
                )
            })
    }

    func raised(_ kind: AlertKind) { raisedByKind[kind]?.increment() }

    func standing(_ kinds: [AlertKind]) {
        for (kind, meter) in standingByKind { meter.set(kinds.count { $0 == kind }) }
    }

    func sent(_ channel: String) { notices(channel, "sent").increment() }

    func failed(_ channel: String) { notices(channel, "failed").increment() }

    /// Rare enough to be looked up each time.
    private func notices(_ channel: String, _ outcome: String) -> Counter {
        Counter(
            label: "causeway_alert_notices_total", dimensions: [("channel", channel), ("outcome", outcome)],
            factory: factory)
    }
}
