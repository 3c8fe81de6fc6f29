import Synchronization

/// The pauses by hand, as they stand in the store, at hand for every round of every lane.
final class PauseBook: Sendable {
    private struct Content {
        var pauses: [LanePause] = []
        /// Changes made here, so that a reading that began before one does not undo it.
        var changes = 0
    }

    private let controls: any LaneControls
    private let content = Mutex(Content())

    init(_ controls: any LaneControls) { self.controls = controls }

    var all: [LanePause] { content.withLock { $0.pauses } }

    /// - Returns: Whether it brought news.
    @discardableResult
    func read() async throws -> Bool {
        let changes = content.withLock { $0.changes }
        let pauses = try await controls.pauses()
        return content.withLock { content in
            guard content.changes == changes, content.pauses != pauses else { return false }
            content.pauses = pauses
            return true
        }
    }

    func pause(_ pause: LanePause) async throws {
        try await controls.pause(pause)
        change {
            $0.removeAll { $0.lane == pause.lane }
            $0.append(pause)
        }
    }

    func resume(_ lane: String, act: OperatorAct) async throws -> Bool {
        let wasPaused = try await controls.resume(lane, act: act)
        change { $0.removeAll { $0.lane == lane } }
        return wasPaused
    }

    private func change(_ body: (inout [LanePause]) -> Void) {
        content.withLock {
            body(&$0.pauses)
            $0.changes += 1
        }
    }
}
