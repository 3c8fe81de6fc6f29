/// How one lane works.
public struct LaneSettings: Sendable, Equatable {
    /// Deliveries at work at the same time. A lane with 0 only collects.
    public var concurrency: Int
    /// Its own and its destination's; it works when none of them pauses it.
    public var calendars: [LaneCalendar]

    public init(concurrency: Int, calendars: [LaneCalendar] = []) {
        self.concurrency = concurrency
        self.calendars = calendars
    }

    /// The destination of a lane: `dynamics` of `dynamics/OrderToSalesOrder`.
    static func destination(of lane: String) -> String { String(lane.prefix { $0 != "/" }) }
}
