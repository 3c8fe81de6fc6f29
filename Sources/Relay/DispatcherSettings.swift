public struct DispatcherSettings: Sendable, Equatable {
    /// Who claims: unique per process and start.
    public var owner: String
    /// Lane → deliveries at work at the same time. A lane with 0 only collects.
    public var lanes: [String: Int]
    public var schedule: RetrySchedule
    /// How long a claim holds without a heartbeat; heartbeats come every third of it.
    public var lease: Duration

    public init(
        owner: String, lanes: [String: Int], schedule: RetrySchedule = RetrySchedule(), lease: Duration = .seconds(60)
    ) {
        self.owner = owner
        self.lanes = lanes
        self.schedule = schedule
        self.lease = lease
    }
}
