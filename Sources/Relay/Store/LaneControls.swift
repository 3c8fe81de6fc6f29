/// For the operator's hand on the lanes; outlives the process.
public protocol LaneControls: Sendable {
    func pauses() async throws -> [LanePause]
    /// Takes the place of an earlier pause of the same lane. Recorded as an operator's act.
    func pause(_ pause: LanePause) async throws
    /// Recorded as an operator's act.
    /// - Returns: `false` if it was not paused.
    @discardableResult
    func resume(_ lane: String, act: OperatorAct) async throws -> Bool
}

/// No delivery of the lane is handed out until a person resumes it, or until its end.
public struct LanePause: Sendable, Equatable {
    /// A lane, `dynamics/OrderToSalesOrder`, or a destination with all its lanes, `dynamics`.
    public var lane: String
    public var since: Timestamp
    /// `nil`: until it is resumed.
    public var until: Timestamp?
    public var by: String
    public var why: String

    public init(lane: String, since: Timestamp, until: Timestamp?, by: String, why: String) {
        self.lane = lane
        self.since = since
        self.until = until
        self.by = by
        self.why = why
    }
}
