/// When a lane, or all lanes of a destination, work by the clock on the wall.
public struct LaneCalendar: Sendable, Equatable {
    /// Maintenance: nothing is handed out inside of these.
    public var pausedDuring: [ScheduleWindow]
    /// Off-peak: if there are any, nothing is handed out outside of all of them.
    public var onlyDuring: [ScheduleWindow]

    public init(pausedDuring: [ScheduleWindow] = [], onlyDuring: [ScheduleWindow] = []) {
        self.pausedDuring = pausedDuring
        self.onlyDuring = onlyDuring
    }

    public func isPaused(at moment: Timestamp) -> Bool {
        pausedDuring.contains { $0.contains(moment) }
            || !onlyDuring.isEmpty && !onlyDuring.contains { $0.contains(moment) }
    }

    /// How many looks ahead are taken: more than the bounds of a few windows in a week and a day.
    static let longestLook = 512

    /// When `isPaused` next gives another answer; `nil` if it does not within a week or so.
    public func nextChange(after moment: Timestamp) -> Timestamp? {
        let windows = pausedDuring + onlyDuring
        let isPaused = isPaused(at: moment)
        var look = moment
        for _ in 0..<Self.longestLook {
            guard let next = windows.map({ $0.nextLook(after: look) }).min() else { return nil }
            if self.isPaused(at: next) != isPaused { return next }
            look = next
        }
        return nil
    }
}
