import Relay
import Synchronization

/// Hands the relay's signals on, and lets the demo wait for what it needs to see.
final class Journal: RelayObserver {
    private struct State {
        /// The newest event of each subject.
        var events: [String: EventID] = [:]
        /// How each event's delivery ended, the last time.
        var outcomes: [EventID: Outcome] = [:]
        var waiting: [EventID: [AsyncStream<Outcome>.Continuation]] = [:]
    }

    private let state = Mutex(State())
    private let show: @Sendable (RelaySignal) -> Void

    /// - Parameter show: Called for each signal as it happens.
    init(show: @escaping @Sendable (RelaySignal) -> Void) {
        self.show = show
    }

    func notice(_ signal: RelaySignal) {
        if case .received(let receipt, _, _, let subject) = signal {
            state.withLock { $0.events[subject] = receipt.event }
        }
        show(signal)
        if case .finished(let claim, let outcome, _) = signal { settle(claim.event.id, outcome) }
    }

    /// The newest event of a subject.
    func event(of subject: String) -> EventID? { state.withLock { $0.events[subject] } }

    /// How the event's delivery ended: done, parked or skipped. Retries are waited for.
    /// - Returns: `nil` if it did not end in time.
    func outcome(of event: EventID, within limit: Duration) async -> Outcome? {
        let (arrivals, arrived) = AsyncStream.makeStream(of: Outcome.self)
        let known = state.withLock { state -> Outcome? in
            if let known = state.outcomes[event] { return known }
            state.waiting[event, default: []].append(arrived)
            return nil
        }
        if let known { return known }
        let alarm = Task {
            try await Task.sleep(for: limit)
            arrived.finish()
        }
        defer { alarm.cancel() }
        for await outcome in arrivals { return outcome }
        return nil
    }

    /// Forgets how the event ended, before it is replayed.
    func expectAgain(_ event: EventID) {
        state.withLock { $0.outcomes[event] = nil }
    }

    private func settle(_ event: EventID, _ outcome: Outcome) {
        if case .retry = outcome { return }
        let waiting = state.withLock { state in
            state.outcomes[event] = outcome
            return state.waiting.removeValue(forKey: event) ?? []
        }
        for waiter in waiting { waiter.yield(outcome) }
    }
}
