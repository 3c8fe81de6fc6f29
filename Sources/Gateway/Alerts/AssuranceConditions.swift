import Relay

/// How orders arrive on the other side.
struct AssuranceConditions: Sendable {
    var orderTimes: OrderTimes.Reading?
    /// The newest comparison that has ended.
    var reconciliation: Reconciliation?
    /// Of the last synthetic order.
    var synthetic: SyntheticOrders.Outcome?
    /// What could not be looked at.
    var blind: Set<AlertKind> = []
}

extension AssuranceConditions {
    init(_ assurance: OrderAssurance?, at now: Timestamp) async {
        guard let assurance else { return }
        orderTimes = assurance.times.reading(at: now)
        reconciliation = await assurance.desk?.newest()
        if assurance.desk != nil, reconciliation == nil { blind.insert(.reconciliation) }
        synthetic = await assurance.synthetic?.last
        // What was told before a restart stands until the next one has ended.
        if assurance.synthetic != nil, synthetic == nil { blind.insert(.syntheticOrder) }
    }
}

/// Alerts about orders that do not arrive, or not in time.
extension AlertRules {
    func lateOrders(_ conditions: AssuranceConditions) -> [Alert] {
        guard let rule = orderTime, let reading = conditions.orderTimes, reading.late >= rule.count else { return [] }
        return [
            Alert(
                .orderTime, severity: reading.late >= rule.count * Self.criticalBurstFactor ? .critical : .warning,
                title: "\(reading.late) orders took longer than \(Quantity.text(rule.limit)) to their sales order",
                text: [
                    "Within \(Quantity.text(rule.within)). 95 of 100 orders of the last day took at most "
                        + "\(reading.summary.p95.components.seconds) s, the longest "
                        + "\(reading.summary.longest.components.seconds) s.",
                    "See which lane or destination was slow or paused, and whether the shop sends late.",
                ], count: reading.late)
        ]
    }

    func lostSyntheticOrder(_ conditions: AssuranceConditions) -> [Alert] {
        guard syntheticOrder, let outcome = conditions.synthetic, let problem = outcome.problem else { return [] }
        // The code alone: the words of a failure may quote a record.
        return [
            Alert(
                .syntheticOrder, severity: .critical,
                title: "The synthetic order did not make its round trip: \(problem.code)",
                text: [
                    "It was placed at \(outcome.startedAt.iso8601)"
                        + (outcome.incrementID.map { " as order \($0)." } ?? ", or could not be."),
                    "Orders of shoppers may not arrive either. See GET /operator/v1/synthetic-order.",
                ], since: outcome.startedAt)
        ]
    }

    func reconciliations(_ conditions: AssuranceConditions) -> [Alert] {
        guard reconciliation, let newest = conditions.reconciliation else { return [] }
        var alerts: [Alert] = []
        if newest.open > 0 {
            alerts.append(
                Alert(
                    .reconciliation, ["findings"],
                    title: "Commerce and D365 do not agree: \(newest.open) findings of reconciliation \(newest.id)",
                    text: [
                        "See them with: causeway reconcile show \(newest.id). Repair or accept each."
                    ], count: newest.open, since: newest.finishedAt))
        }
        if newest.state == .incomplete, newest.asked.by == nil {
            alerts.append(
                Alert(
                    .reconciliation, ["incomplete"],
                    title: "Commerce and D365 could not be compared: \(newest.reason?.code ?? "unknown")",
                    text: ["Reconciliation \(newest.id). It is tried again by itself."], since: newest.finishedAt))
        }
        return alerts
    }
}
