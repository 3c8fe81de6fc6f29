import Relay

/// Alerts about whom the gateway talks to, and about itself.
extension AlertRules {
    func breakers(_ conditions: AlertConditions) -> [Alert] {
        guard breaker else { return [] }
        return conditions.breakers.map { state in
            Alert(
                .breaker, [state.destination],
                severity: conditions.now - state.since > Self.criticalBreaker ? .critical : .warning,
                title: "\(state.destination) is not called at the moment",
                text: [
                    "Its breaker is open since \(state.since.iso8601): \(state.reason)",
                    "Deliveries wait and lose nothing; they go on by themselves once it answers again.",
                ], since: state.since)
        }
    }

    func bursts(_ conditions: AlertConditions) -> [Alert] {
        guard let burst = signatureFailures else { return [] }
        return conditions.refusals.filter { $0.count >= burst.count }.map { refusals in
            Alert(
                .signatureFailures, [refusals.source],
                severity: refusals.count >= burst.count * Self.criticalBurstFactor ? .critical : .warning,
                title: "Messages from \(refusals.source) are refused: wrong signature or token",
                text: [
                    "\(refusals.count) within \(Quantity.text(burst.within)).",
                    "Either a key was changed on one side only, which loses events until it is on both, or somebody "
                        + "else is trying.",
                ], count: refusals.count)
        }
    }

    func silences(_ conditions: AlertConditions) -> [Alert] {
        silence.sorted { $0.key < $1.key }.compactMap { source, limit in
            guard let last = conditions.lastArrivals[source], conditions.now - last > limit else { return nil }
            return Alert(
                .silence, [source], title: "Nothing has come from \(source) since \(last.iso8601)",
                text: [
                    "Limit: \(Quantity.text(limit)).",
                    "Look whether its events are still switched on and reach this gateway.",
                ], since: last)
        }
    }

    func troubles(_ conditions: AlertConditions) -> [Alert] {
        guard store, !conditions.problems.isEmpty else { return [] }
        return [
            Alert(
                .store, severity: .critical, title: "The gateway is not ready",
                text: conditions.problems + ["Senders get errors or records don't move until this is mended."])
        ]
    }

    func endingSignIn(_ conditions: AlertConditions) -> [Alert] {
        guard let limit = certificate, let end = conditions.signInEnd, end - conditions.now < limit else { return [] }
        let left = end - conditions.now
        let verb = left > .zero ? "expires" : "has expired"
        return [
            Alert(
                .certificate, ["dynamics", "sign-in"],
                severity: left < Self.criticalCertificate ? .critical : .warning,
                title: "The certificate that signs in to D365 \(verb): \(end.iso8601)",
                text: ["Make a new one, add it to dynamics.auth.clientCertificate, and upload it in Entra ID."])
        ]
    }

    func endingCertificates(_ conditions: AlertConditions) -> [Alert] {
        guard let limit = certificate else { return [] }
        return conditions.certificates.flatMap { state -> [Alert] in
            var alerts: [Alert] = []
            let left = state.expiresAt - conditions.now
            if left < limit {
                let verb = left > .zero ? "expires" : "has expired"
                alerts.append(
                    Alert(
                        .certificate, [state.listener, "expiry"],
                        severity: left < Self.criticalCertificate ? .critical : .warning,
                        title:
                            "The certificate of the \(state.listener) listener \(verb): \(state.expiresAt.iso8601)",
                        text: ["Put the new one in place of its files; it is taken up without a restart."]))
            }
            if state.hasFailedToReload {
                alerts.append(
                    Alert(
                        .certificate, [state.listener, "reload"],
                        title: "The new certificate of the \(state.listener) listener was refused",
                        text: ["The one before stays in use. The log says what is wrong with the files."]))
            }
            return alerts
        }
    }
}
