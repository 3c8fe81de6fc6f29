import Cryptography
import Dynamics
import Relay

/// What becomes of a message from Dynamics that nobody waits for an answer to.
enum DynamicsArrival: Equatable {
    /// Sent when an endpoint is saved or activated; nothing is stored.
    case test
    case event(NewEvent)
    /// Nobody can be told that it cannot be read, so it is stored for a person.
    case unreadable(NewEvent)

    /// - Parameters:
    ///   - routes: By `BusinessEventId`. Events without a route are stored without deliveries.
    ///   - fields: What the fields of a company's own events are called.
    ///   - unreadable: The flow that parks what cannot be read.
    init(
        _ body: [UInt8], receivedAt: Timestamp, routes: [String: Route], fields: NoticeFields = NoticeFields(),
        unreadable: Route
    ) {
        do throws(BusinessEventError) {
            let incoming = try BusinessEventReader.read(body)
            guard !incoming.isTest else {
                self = .test
                return
            }
            self = .event(NewEvent(incoming, body: body, receivedAt: receivedAt, routes: routes, fields: fields))
        } catch {
            let digest = SHA256.hash(body)
            let name = Hex.encode(digest)
            self = .unreadable(
                NewEvent(
                    source: "dynamics", kind: Self.unreadableKind, subject: "unreadable event \(name.prefix(16))",
                    dedupKey: "unreadable \(name)", receivedAt: receivedAt, body: body, bodyDigest: digest,
                    routes: [unreadable]))
        }
    }

    static let unreadableKind = "unreadable"
}
