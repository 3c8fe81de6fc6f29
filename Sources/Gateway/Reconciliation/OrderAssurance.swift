import Relay

/// All that watches whether orders arrive on the other side: the measure, the comparison, and the synthetic order.
struct OrderAssurance: Sendable {
    let times: OrderTimes
    var desk: ReconciliationDesk?
    var book: (any ReconciliationBook)?
    var synthetic: SyntheticOrders?

    /// Works until it is cancelled. What is at work then ends as incomplete.
    func run() async {
        async let comparing: Void? = desk?.run()
        async let placing: Void? = synthetic?.run()
        _ = await (comparing, placing)
        await synthetic?.stop()
        await desk?.stop()
    }

    /// In Prometheus' text format.
    func metrics() async -> String { await times.metrics + reconciliationMetrics() + syntheticMetrics() }

    private func syntheticMetrics() async -> String {
        guard let last = await synthetic?.last else { return "" }
        var text = PrometheusText()
        text.family("causeway_synthetic_order_failed", .gauge, help: "1 if the last synthetic order did not arrive.")
        text.sample("causeway_synthetic_order_failed", .init([]), last.problem == nil ? 0 : 1)
        guard let took = last.took else { return text.content }
        text.family("causeway_synthetic_order_seconds", .gauge, help: "How long the last round trip took.")
        text.sample("causeway_synthetic_order_seconds", .init([]), Double(took.wholeMilliseconds) / 1000)
        return text.content
    }

    private func reconciliationMetrics() async -> String {
        guard let newest = await desk?.newest() else { return "" }
        var text = PrometheusText()
        func gauge(_ name: String, _ value: Int64, _ help: String) {
            text.family(name, .gauge, help: help)
            text.sample(name, .init([]), Double(value))
        }
        gauge(
            "causeway_reconciliation_open_findings", Int64(newest.open),
            "Findings of the last comparison that nobody has settled.")
        gauge(
            "causeway_reconciliation_incomplete", newest.state == .incomplete ? 1 : 0,
            "1 if the last comparison could not be finished.")
        gauge(
            "causeway_reconciliation_last_timestamp_seconds",
            (newest.finishedAt ?? newest.startedAt).millisecondsSince1970 / 1000, "When the last comparison ended.")
        return text.content
    }
}
