import Relay
import Synchronization

/// When each order was acknowledged and when it was done.
final class RelayTimes: RelayObserver {
    private struct State {
        var acknowledged: [EventID: UInt64] = [:]
        var latencies = LatencyHistogram()
        var done = 0
        var failed = 0
        /// Done before the one who sent it had looked at the clock.
        var early: Set<EventID> = []
    }

    private let state = Mutex(State())

    func acknowledge(_ event: EventID) {
        let now = monotonicNanoseconds()
        state.withLock { state in
            if state.early.remove(event) != nil {
                state.latencies.record(nanoseconds: 0)
            } else {
                state.acknowledged[event] = now
            }
        }
    }

    func notice(_ signal: RelaySignal) {
        guard case .finished(let claim, let outcome, _) = signal else { return }
        let now = monotonicNanoseconds()
        state.withLock { state in
            guard case .done = outcome else { return state.failed += 1 }
            state.done += 1
            if let start = state.acknowledged.removeValue(forKey: claim.event.id) {
                state.latencies.record(nanoseconds: now - start)
            } else {
                state.early.insert(claim.event.id)
            }
        }
    }

    var done: Int { state.withLock { $0.done } }
    var failed: Int { state.withLock { $0.failed } }

    /// Of all orders since the last call.
    func takeLatencies() -> LatencyHistogram {
        state.withLock { state in
            defer { state.latencies = LatencyHistogram() }
            return state.latencies
        }
    }
}
