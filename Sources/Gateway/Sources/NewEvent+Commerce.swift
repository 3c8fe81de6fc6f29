import Commerce
import Cryptography
import Relay

extension NewEvent {
    /// What is stored of a webhook.
    /// - Parameter routes: Of this kind. A record without a route is stored without deliveries.
    init(
        webhook body: [UInt8], _ kind: CommerceRecordKind, receivedAt: Timestamp, routes: [Route]
    ) throws(WebhookError) {
        let digest = SHA256.hash(body)
        if kind == .order {
            let notice = try WebhookReader.readOrder(body)
            self.init(
                source: "commerce", kind: kind.rawValue, subject: notice.subject,
                dedupKey: notice.dedupKey(bodyDigest: digest), receivedAt: receivedAt, body: body,
                bodyDigest: digest, routes: routes, version: notice.version, searchKeys: notice.searchKeys)
        } else {
            let notice = try WebhookReader.readRecord(body, kind: kind)
            self.init(
                source: "commerce", kind: kind.rawValue, subject: notice.subject,
                dedupKey: notice.dedupKey(bodyDigest: digest), receivedAt: receivedAt, body: body,
                bodyDigest: digest, routes: routes, version: notice.version, searchKeys: notice.searchKeys)
        }
    }

    /// What is stored of an event of Adobe I/O Events. One that does not say of which record it is is stored like the
    /// others, so that the flow parks it for a person: refused, it would be lost, and its batch with it.
    init(_ event: CommerceEvent, receivedAt: Timestamp, routes: [CommerceRecordKind: [Route]]) {
        self.init(
            source: "commerce", kind: event.type, subject: event.subject, dedupKey: event.dedupKey,
            receivedAt: receivedAt, body: event.bytes, bodyDigest: SHA256.hash(event.bytes), routes: [])
        guard let kind = event.recordKind else { return }
        self.kind = kind.rawValue
        self.routes = routes[kind] ?? []
        switch event.content {
        case .order(let notice):
            version = notice.version
            searchKeys = notice.searchKeys
        case .record(let notice):
            version = notice.version
            searchKeys = notice.searchKeys
        case .unreadable, .other: break
        }
    }
}
