/// Why a lane hands out no deliveries. Those at work end normally.
public enum LaneStop: Sendable, Equatable {
    /// Until a person resumes it, or until the end that was set.
    case paused(LanePause)
    /// By a window of the configuration.
    case scheduled(until: Timestamp?)
    /// The destination takes no calls.
    case held(until: Timestamp)
}

/// What a lane may do now: a pure decision over all that can stop it.
struct LaneGate: Sendable, Equatable {
    /// Deliveries at work at the same time.
    var concurrency: Int
    /// Bulk deliveries among them: at most half, so that live ones always find a place.
    var bulk: Int { concurrency > 0 ? max(1, concurrency / 2) : 0 }
    var stop: LaneStop?
    /// When this ends by itself, from now on; `nil` if only an event ends it.
    var changesIn: Duration?

    /// - Parameters:
    ///   - pauses: All of them, of other lanes too.
    ///   - room: What the destination takes; `nil` if nobody governs it.
    ///   - wall: The wall clock, which pauses and windows go by.
    init(
        lane: String, _ settings: LaneSettings, pauses: [LanePause], room: (capacity: Int, hold: Duration?)?,
        wall: Timestamp
    ) {
        let paused = pauses.first { $0.covers(lane) && $0.isInForce(at: wall) }
        let calendar = settings.calendars.first { $0.isPaused(at: wall) }
        concurrency = settings.concurrency
        if let paused {
            stop = .paused(paused)
            changesIn = paused.until.map { $0 - wall }
        } else if let calendar {
            let end = calendar.nextChange(after: wall)
            stop = .scheduled(until: end)
            changesIn = end.map { $0 - wall }
        } else if let room, room.capacity == 0 {
            let wait = room.hold ?? .zero
            stop = .held(until: wall + wait)
            changesIn = wait
        } else if let room {
            concurrency = min(concurrency, room.capacity)
        }
        if stop != nil { concurrency = 0 }
    }
}

extension LanePause {
    /// Whether it pauses this lane, by its name or by its destination's.
    public func covers(_ lane: String) -> Bool { lane == self.lane || lane.hasPrefix(self.lane + "/") }

    public func isInForce(at moment: Timestamp) -> Bool { until.map { $0 > moment } ?? true }
}
