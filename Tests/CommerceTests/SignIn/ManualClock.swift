import Relay
import Synchronization

/// A clock that tests turn by hand.
final class ManualClock: WallClock {
    private let time: Mutex<Timestamp>

    /// - Parameter millisecondsSince1970: 2026-01-01 10:00:12 UTC.
    init(_ millisecondsSince1970: Int64 = 1_767_261_612_000) {
        time = Mutex(Timestamp(millisecondsSince1970: millisecondsSince1970))
    }

    func now() -> Timestamp { time.withLock { $0 } }
    func advance(by duration: Duration) { time.withLock { $0 = $0 + duration } }
    func sleep(until moment: Timestamp) async throws { throw CancellationError() }
}
