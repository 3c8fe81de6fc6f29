import HTTPServer
import HTTPTypes

/// `GET /operator/v1/alerts`: what stands at the moment.
struct AlertRoute: Sendable {
    let watch: AlertWatch?

    func add(to door: inout OperatorDoor) {
        door.on(.get, "/alerts") { _, _ in
            OperatorJSON.response(AlertsJSON(alerts: await watch?.standing.map(AlertJSONRow.init) ?? []))
        }
    }
}

private struct AlertsJSON: Encodable {
    var alerts: [AlertJSONRow]
}

private struct AlertJSONRow: Encodable {
    var cause: String
    var kind: AlertKind
    var severity: AlertSeverity
    var title: String
    var text: String
    var count: Int
    var since: String?
    /// When somebody was told last.
    var notifiedAt: String?

    init(_ entry: AlertEntry) {
        let alert = entry.alert
        cause = alert.cause
        kind = alert.kind
        severity = alert.severity
        title = alert.title
        text = alert.text
        count = alert.count
        since = alert.since?.iso8601
        notifiedAt = entry.lastToldAt?.iso8601
    }
}
