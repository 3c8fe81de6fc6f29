import Relay
import Synchronization

/// Since when each breaker has been seen open; breakers themselves only know what they are now.
final class BreakerWatch: Sendable {
    private let read: @Sendable () -> [(destination: String, isOpen: Bool, reason: String)]
    private let openSince = Mutex<[String: Timestamp]>([:])

    /// - Parameter read: The destinations and whether they are called at the moment. Reasons name no record.
    init(read: @escaping @Sendable () -> [(destination: String, isOpen: Bool, reason: String)]) { self.read = read }

    /// The open ones.
    func states(at now: Timestamp) -> [BreakerState] {
        let open = read().filter(\.isOpen)
        return openSince.withLock { known in
            known = Dictionary(
                open.map { ($0.destination, min(known[$0.destination] ?? now, now)) }, uniquingKeysWith: min)
            return open.map {
                BreakerState(destination: $0.destination, reason: $0.reason, since: known[$0.destination] ?? now)
            }
        }
    }
}
