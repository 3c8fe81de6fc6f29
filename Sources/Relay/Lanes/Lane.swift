import Synchronization

/// One lane at work: what it has in hand, and the bell that wakes its loop.
final class Lane: Sendable {
    let name: String
    let settings: LaneSettings
    let destination: Destination?
    let bell = WakeUp()
    private let state = Mutex(State())

    private struct State {
        var running = 0
        var runningBulk = 0
        var lastRound: Timestamp?
        var isPaused = false
    }

    /// What a lane may do in one round of its loop.
    struct Round: Sendable {
        var gate: LaneGate
        /// Deliveries that may be claimed.
        var limit: Int
        /// Bulk ones among them.
        var bulkLimit: Int
        /// Whether a pause began or ended with this round.
        var changesPause: Bool
    }

    init(name: String, settings: LaneSettings, destination: Destination?) {
        self.name = name
        self.settings = settings
        self.destination = destination
    }

    var running: Int { state.withLock { $0.running } }

    /// When it last looked for work, its hands full or not: a lane that stands still is not ready.
    var lastRound: Timestamp? { state.withLock { $0.lastRound } }

    func gate(_ pauses: [LanePause], wall: Timestamp) -> LaneGate {
        LaneGate(lane: name, settings, pauses: pauses, room: destination?.room, wall: wall)
    }

    func round(_ pauses: [LanePause], now: Timestamp, wall: Timestamp) -> Round {
        let gate = gate(pauses, wall: wall)
        return state.withLock { state in
            state.lastRound = now
            let wasPaused = state.isPaused
            state.isPaused = gate.stop?.isPause ?? false
            let limit = max(0, gate.concurrency - state.running)
            return Round(
                gate: gate, limit: limit, bulkLimit: min(limit, max(0, gate.bulk - state.runningBulk)),
                changesPause: wasPaused != state.isPaused)
        }
    }

    func began(_ claim: Claim) {
        state.withLock {
            $0.running += 1
            if claim.isBulk { $0.runningBulk += 1 }
        }
    }

    func ended(_ claim: Claim) {
        state.withLock {
            $0.running -= 1
            if claim.isBulk { $0.runningBulk -= 1 }
        }
        bell.ring()
    }
}

extension LaneStop {
    /// Whether somebody or a calendar wanted it, and not the destination's state.
    public var isPause: Bool { if case .held = self { false } else { true } }
}

/// A lane as operators see it.
public struct LaneStanding: Sendable, Equatable {
    public var lane: String
    /// Deliveries at work at the same time, as configured.
    public var concurrency: Int
    public var running: Int
    /// Why it hands out nothing; `nil` if it does.
    public var stop: LaneStop?
}
