import Relay
import Synchronization

/// The queue between everybody and the one writer: bounded, and able to say whether the writer is at work.
final class HandOver: Sendable {
    private struct State {
        var waiting: [any PendingOperation] = []
        var writerIsAtWork = false
        /// Why nothing is taken any more.
        var shut: String?
        /// Set when not even what was taken before may be done.
        var isAbandoned = false
    }

    private let state = Mutex(State())

    enum Answer {
        case taken
        /// Taken, and the writer must be called.
        case takenByIdleWriter
        case refused(StoreFault)
    }

    func offer(_ operation: any PendingOperation, limit: Int) -> Answer {
        state.withLock { state in
            if let reason = state.shut { return .refused(.closed(reason)) }
            guard state.waiting.count < limit else { return .refused(.overloaded(limit: limit)) }
            state.waiting.append(operation)
            defer { state.writerIsAtWork = true }
            return state.writerIsAtWork ? .taken : .takenByIdleWriter
        }
    }

    /// The next group, oldest first. `nil` ends the writer's work: whoever comes next must call it.
    func next(atMost count: Int) -> [any PendingOperation]? {
        state.withLock { state in
            guard !state.waiting.isEmpty else {
                state.writerIsAtWork = false
                return nil
            }
            let group = Array(state.waiting.prefix(count))
            state.waiting.removeFirst(group.count)
            return group
        }
    }

    /// Operations that no group has taken yet.
    var waiting: Int { state.withLock { $0.waiting.count } }

    /// Why nothing is taken any more.
    var shut: String? { state.withLock { $0.shut } }

    /// Why the writer must not write any more.
    var abandoned: String? { state.withLock { $0.isAbandoned ? $0.shut : nil } }

    /// Takes nothing more. What was taken before is still handed to the writer.
    func shut(because reason: String) {
        state.withLock { $0.shut = $0.shut ?? reason }
    }

    /// Takes nothing more, and gives back what the writer will not do.
    func abandon(_ reason: String) -> [any PendingOperation] {
        state.withLock { state in
            state.shut = reason
            state.isAbandoned = true
            let rest = state.waiting
            state.waiting = []
            return rest
        }
    }
}
