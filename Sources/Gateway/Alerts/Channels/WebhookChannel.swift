import Relay

/// Signed JSON for programs.
struct WebhookChannel: AlertChannel {
    let name: String
    let id: String
    let gateway: String
    let post: HookPost
    let signer: WebhookSigner
    let clock: any WallClock

    func send(_ notice: AlertNotice) async throws(AlertSendFailure) -> AlertReceipt {
        let body = try AlertJSON.encode(WebhookPayload(notice, gateway: gateway))
        let seconds = clock.now().millisecondsSince1970 / 1000
        return try await post.send(body, headers: signer.headers(id: notice.id, seconds: seconds, body: body))
    }
}

/// `type`, `timestamp` and `data`, as the specification recommends.
struct WebhookPayload: Encodable {
    struct Data: Encodable {
        var gateway: String
        var cause: String
        var kind: AlertKind
        var severity: AlertSeverity
        var title: String
        var text: String
        var count: Int
        var since: String?
    }

    var type: String
    var timestamp: String
    var data: Data

    init(_ notice: AlertNotice, gateway: String) {
        let alert = notice.alert
        type = "alert.\(notice.change.rawValue)"
        timestamp = notice.at.iso8601
        data = Data(
            gateway: gateway, cause: alert.cause, kind: alert.kind, severity: alert.severity, title: alert.title,
            text: alert.text, count: alert.count, since: alert.since?.iso8601)
    }
}
