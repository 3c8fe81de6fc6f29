import HTTPTypes
import Synchronization

/// What goes wrong with the next writes, beside what `SandboxFaults` does to any request.
final class WriteFaults: Sendable {
    private struct State {
        var infologs: [(text: String, status: HTTPResponse.Status)] = []
        var rivals = 0
    }

    private let state = Mutex(State())

    func add(infolog text: String, status: HTTPResponse.Status) {
        state.withLock { $0.infologs.append((text, status)) }
    }

    func addRivals(_ count: Int) { state.withLock { $0.rivals += count } }

    /// What the business logic says to this write; `nil` lets it be.
    func takeRefusal(_ schema: EntitySchema) -> ODataRefusal? {
        state.withLock { state in
            guard !state.infologs.isEmpty else { return nil }
            let next = state.infologs.removeFirst()
            return .infolog(schema, next.text, status: next.status)
        }
    }

    /// Whether somebody else saves the row just before this change of it.
    func takeRival() -> Bool {
        state.withLock { state in
            guard state.rivals > 0 else { return false }
            state.rivals -= 1
            return true
        }
    }
}

extension SandboxDynamics {
    /// F&O's business logic refuses the next write, alone or in a change set.
    /// - Parameter status: F&O answers some refusals with 400 and some with 500.
    public func refuseNextWrite(infolog: String, status: Int = 400) {
        core.writeFaults.add(infolog: infolog, status: .init(code: status))
    }

    /// Somebody else saves the row just before each of the next updates and deletes: their ETags are stale.
    public func changeRowsBeforeNextUpdates(_ count: Int = 1) { core.writeFaults.addRivals(count) }
}
