import Synchronization

/// How often each route was called. Counts by route pattern, so that it can't grow with the traffic.
final class RequestCounters: Sendable {
    private let counts = Mutex<[String: Int]>([:])

    func count(_ route: String) { counts.withLock { $0[route, default: 0] += 1 } }

    var snapshot: [String: Int] { counts.withLock { $0 } }
}
