import Synchronization

/// A door bell for one sleeper: rings are never lost, and many rings before the sleeper looks count as one.
package final class WakeUp: Sendable {
    private enum State {
        case quiet
        case rung
        case sleeping(CheckedContinuation<Void, Never>)
    }

    private let state = Mutex(State.quiet)

    package init() {}

    package func ring() {
        let sleeper = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard case .sleeping(let sleeper) = state else {
                state = .rung
                return nil
            }
            state = .quiet
            return sleeper
        }
        sleeper?.resume()
    }

    /// Returns at the next ring, or at once if it rang since the last wait.
    package func wait() async {
        await withCheckedContinuation { continuation in
            let hasRung = state.withLock { state in
                if case .rung = state {
                    state = .quiet
                    return true
                }
                state = .sleeping(continuation)
                return false
            }
            if hasRung { continuation.resume() }
        }
    }
}

extension WakeUp {
    /// Returns at the next ring, when the time is over, or when the task is cancelled.
    package func wait(atMost duration: Duration, _ clock: any WallClock) async {
        let alarm = Task {
            try await clock.sleep(for: duration)
            ring()
        }
        await withTaskCancellationHandler {
            await wait()
        } onCancel: {
            ring()
        }
        alarm.cancel()
    }
}
