public import Relay

/// How deliveries are carried.
public struct RelaySettings: Sendable, Equatable {
    /// When failed deliveries are tried again, for flows that have no schedule of their own.
    public var retry: RetrySchedule
    /// Accept and store, deliver nothing.
    public var intakeOnly: Bool
    /// By the flow of the lane, where they differ from the defaults.
    public var lanes: [KnownFlow: LaneOptions]
    public var destinations: [KnownDestination: DestinationOptions]
    /// Flows with retry rules of their own.
    public var flows: [KnownFlow: RetryRules]
    /// What a flow's deliveries of one subject mean to each other, where it is not the default.
    public var policies: [KnownFlow: SubjectPolicy]

    public static let defaultConcurrency = 32

    public init(
        retry: RetrySchedule = RetrySchedule(), intakeOnly: Bool = false, lanes: [KnownFlow: LaneOptions] = [:],
        destinations: [KnownDestination: DestinationOptions] = [:], flows: [KnownFlow: RetryRules] = [:],
        policies: [KnownFlow: SubjectPolicy] = [:]
    ) {
        self.retry = retry
        self.intakeOnly = intakeOnly
        self.lanes = lanes
        self.destinations = destinations
        self.flows = flows
        self.policies = policies
    }

    func route(of flow: KnownFlow) -> Route {
        Route(flow: flow.rawValue, lane: flow.lane, policy: policies[flow] ?? SubjectPolicy())
    }
}

public struct LaneOptions: Sendable, Equatable {
    /// Deliveries at work at the same time.
    public var concurrency: Int
    public var calendar: LaneCalendar

    public init(concurrency: Int = RelaySettings.defaultConcurrency, calendar: LaneCalendar = LaneCalendar()) {
        self.concurrency = concurrency
        self.calendar = calendar
    }
}

public struct DestinationOptions: Sendable, Equatable {
    public var limits: DestinationSettings
    /// Of all lanes to this destination.
    public var calendar: LaneCalendar

    public init(limits: DestinationSettings = DestinationSettings(), calendar: LaneCalendar = LaneCalendar()) {
        self.limits = limits
        self.calendar = calendar
    }
}
