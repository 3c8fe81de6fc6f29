public struct DispatcherSettings: Sendable, Equatable {
    /// Who claims: unique per process and start.
    public var owner: String
    public var lanes: [String: LaneSettings]
    /// What becomes of failed attempts, for flows that have no rules of their own.
    public var rules: RetryRules
    /// By flow.
    public var flowRules: [String: RetryRules]
    /// How long a claim holds without a heartbeat; heartbeats come every third of it.
    public var lease: Duration

    public init(
        owner: String, lanes: [String: LaneSettings], rules: RetryRules = RetryRules(),
        flowRules: [String: RetryRules] = [:], lease: Duration = .seconds(60)
    ) {
        self.owner = owner
        self.lanes = lanes
        self.rules = rules
        self.flowRules = flowRules
        self.lease = lease
    }

    func rules(of flow: String) -> RetryRules { flowRules[flow] ?? rules }
}
