import Relay

/// What the rules make of the conditions at one moment.
struct AlertFindings: Sendable, Equatable {
    var alerts: [Alert] = []
    /// What could not be looked at: an alert of these kinds that is not found is not over for that.
    var blind: Set<AlertKind> = []

    /// More at one moment are left out, the least serious ones first.
    static let maxAlerts = 200

    init(alerts: [Alert] = [], blind: Set<AlertKind> = []) {
        self.alerts = alerts
        self.blind = blind
    }
}

extension AlertRules {
    /// Pure: the same conditions always give the same findings.
    func findings(_ conditions: AlertConditions) -> AlertFindings {
        var findings = AlertFindings(
            alerts: breakers(conditions) + bursts(conditions) + silences(conditions) + troubles(conditions)
                + endingCertificates(conditions) + endingSignIn(conditions) + lateOrders(conditions.assurance)
                + reconciliations(conditions.assurance) + lostSyntheticOrder(conditions.assurance))
        findings.blind.formUnion(conditions.assurance.blind)
        if let sample = conditions.parked {
            findings.alerts += parkedGroups(sample)
            if !sample.isComplete { findings.blind.insert(.parked) }
        } else {
            findings.blind.insert(.parked)
        }
        if let lanes = conditions.lanes {
            findings.alerts += slowLanes(lanes, conditions)
        } else {
            findings.blind.insert(.oldestAge)
        }
        if findings.alerts.count > AlertFindings.maxAlerts {
            findings.alerts.sort { ($1.severity, $0.cause) < ($0.severity, $1.cause) }
            findings.blind.formUnion(findings.alerts.dropFirst(AlertFindings.maxAlerts).map(\.kind))
            findings.alerts.removeLast(findings.alerts.count - AlertFindings.maxAlerts)
        }
        return findings
    }

    private func parkedGroups(_ sample: ParkedSample) -> [Alert] {
        guard parked else { return [] }
        return sample.groups.map { group in
            let number = sample.isComplete ? "\(group.count)" : "at least \(group.count)"
            let are = group.count == 1 ? "delivery waits" : "deliveries wait"
            return Alert(
                .parked, [group.lane, group.code],
                title: "\(number) \(are) for a person in \(group.lane): \(group.code)",
                text: [
                    "For example \(group.examples.joined(separator: ", ")).",
                    "The oldest was received at \(group.oldest.iso8601).",
                    "See why with: causeway events list --state parked. Mend the cause, then replay or skip them.",
                ], count: group.count, since: group.oldest)
        }
    }

    /// A lane that waits because the configuration says so has no trouble.
    private func slowLanes(_ lanes: [LaneOverview], _ conditions: AlertConditions) -> [Alert] {
        lanes.compactMap { lane in
            let stop = conditions.stops[lane.lane]
            if case .scheduled = stop { return nil }
            guard let limit = oldestAge(of: lane.lane), let oldest = lane.oldestWaitingSince,
                conditions.now - oldest > limit
            else { return nil }
            let waiting = DeliveryState.allCases.filter { !$0.isFinished && $0 != .parked }
                .reduce(0) { $0 + (lane.counts[$1.rawValue] ?? 0) }
            var text = ["Limit: \(Quantity.text(limit)). Waiting: \(waiting)."]
            if let failure = lane.lastFailure, let at = lane.lastFailureAt {
                text.append("Last failure: \(failure.code) at \(at.iso8601).")
            }
            switch stop {
            case .paused: text.append("The lane is paused by a person.")
            case .held: text.append("Its destination takes no calls at the moment.")
            case .scheduled, nil: break
            }
            return Alert(
                .oldestAge, [lane.lane],
                severity: conditions.now - oldest > limit * Self.criticalAgeFactor ? .critical : .warning,
                title: "The oldest delivery in \(lane.lane) has waited since \(oldest.iso8601)", text: text,
                count: max(1, waiting), since: oldest)
        }
    }
}
