import Cryptography
import Dynamics
import Relay

extension NewEvent {
    /// What is stored of a Business Event. Source and key are the same whichever way it came, so that who turns from
    /// one way to another, or uses two for a while, has each event carried once.
    /// - Parameters:
    ///   - routes: By `BusinessEventId`. Events without a route are stored without deliveries.
    ///   - fields: What the fields of a company's own events are called.
    init(
        _ incoming: IncomingBusinessEvent, body: [UInt8], receivedAt: Timestamp, routes: [String: Route],
        fields: NoticeFields = NoticeFields()
    ) {
        self.init(
            source: "dynamics", kind: incoming.id, subject: incoming.subject(body, fields),
            dedupKey: incoming.dedupKey,
            receivedAt: receivedAt, body: body, bodyDigest: SHA256.hash(body),
            routes: routes[incoming.id].map { [$0] } ?? [], searchKeys: incoming.searchKeys)
    }
}

extension IncomingBusinessEvent {
    /// The business key whose events keep their order, where a company's own field says it.
    func subject(_ body: [UInt8], _ fields: NoticeFields) -> String {
        guard fields.byEvent[id] != nil, let own = try? SalesNotice(body, fields: fields).subject else {
            return subjectHint
        }
        return own
    }
}
