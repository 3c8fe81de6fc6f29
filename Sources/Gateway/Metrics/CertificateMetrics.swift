import HTTPServer
import Relay

/// What metrics and health tell about the certificates of the listeners.
struct CertificateReport {
    private let statuses: [(listener: String, status: TLSCredentials.Status)]
    private let now: Int

    init(_ credentials: [ListenerRole: TLSCredentials], now: Timestamp) {
        statuses = credentials.map { ($0.key.rawValue, $0.value.status) }.sorted { $0.listener < $1.listener }
        self.now = Int(now.millisecondsSince1970 / 1000)
    }

    /// In Prometheus' text format; empty without TLS.
    var metrics: String {
        guard !statuses.isEmpty else { return "" }
        var text = PrometheusText()
        let expires = "causeway_tls_certificate_expires_seconds"
        text.family(
            expires, .gauge, help: "Seconds until the certificate in use expires, by listener; negative afterwards.")
        for (listener, status) in statuses {
            text.sample(expires, .init([("listener", listener)]), Double(status.expiresAt - now))
        }
        let failed = "causeway_tls_reload_failed"
        text.family(
            failed, .gauge,
            help: "1 if the certificate on disk was refused and an earlier one is in use, by listener.")
        for (listener, status) in statuses {
            text.sample(failed, .init([("listener", listener)]), status.problem == nil ? 0 : 1)
        }
        return text.content
    }

    /// What a person should mend, although requests can be answered.
    var warnings: [String] {
        statuses.flatMap { listener, status in
            var warnings: [String] = []
            if status.expiresAt <= now { warnings.append("The certificate of the \(listener) listener has expired.") }
            if status.problem != nil {
                warnings.append(
                    "The certificate of the \(listener) listener could not be reloaded; the log says why, and the "
                        + "one before is in use.")
            }
            return warnings
        }
    }
}
