import Cryptography
import Dynamics
import Relay

extension NewEvent {
    /// What is stored of a Business Event. Source and key are the same whichever way it came, so that who turns from
    /// one way to another, or uses two for a while, has each event carried once.
    /// - Parameter routes: By `BusinessEventId`. Events without a route are stored without deliveries.
    init(_ incoming: IncomingBusinessEvent, body: [UInt8], receivedAt: Timestamp, routes: [String: Route]) {
        self.init(
            source: "dynamics", kind: incoming.id, subject: incoming.subjectHint, dedupKey: incoming.dedupKey,
            receivedAt: receivedAt, body: body, bodyDigest: SHA256.hash(body),
            routes: routes[incoming.id].map { [$0] } ?? [], searchKeys: incoming.searchKeys)
    }
}
