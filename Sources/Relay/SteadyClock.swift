import Synchronization

/// The wall clock without its jumps back. Deliveries are due at moments of the wall clock, since they outlive the
/// process; were it set back by hours, all of them would lie in the future. So this one goes on at its own pace
/// until the process ends. It follows every jump forward.
final class SteadyClock: WallClock {
    private struct Face {
        var now: Timestamp
        var uptime: Duration
    }

    private let base: any WallClock
    private let last: Mutex<Face>

    init(_ base: any WallClock) {
        self.base = base
        last = Mutex(Face(now: base.now(), uptime: base.uptime()))
    }

    func now() -> Timestamp {
        last.withLock { last in
            let uptime = base.uptime()
            // From the same start each time: parts of milliseconds must not be lost one by one.
            let steady = last.now + max(.zero, uptime - last.uptime)
            let wall = base.now()
            if wall > steady { last = Face(now: wall, uptime: uptime) }
            return max(wall, steady)
        }
    }

    func uptime() -> Duration { base.uptime() }
    func sleep(until moment: Timestamp) async throws { try await base.sleep(for: moment - now()) }
    func sleep(for duration: Duration) async throws { try await base.sleep(for: duration) }
}
