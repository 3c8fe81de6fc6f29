/// A comparison's place in the store; rises in the order in which comparisons began.
public struct ReconciliationID: Sendable, Hashable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
}

/// What is to be compared, and why.
public struct NewReconciliation: Sendable, Equatable {
    /// Records that were made at this moment or later.
    public var from: Timestamp
    /// Records that were made before this moment.
    public var until: Timestamp
    /// Who asked for it; `nil` for the schedule.
    public var by: String?

    public init(from: Timestamp, until: Timestamp, by: String? = nil) {
        self.from = from
        self.until = until
        self.by = by
    }
}

/// A comparison of both platforms over a period, without its findings.
public struct Reconciliation: Sendable, Equatable {
    public enum State: String, Sendable, CaseIterable, Codable {
        case running
        /// All of the period was compared.
        case done
        /// A platform or this process was away in between: what it names was found, what it does not name is not
        /// proven to be right.
        case incomplete
    }

    public var id: ReconciliationID
    public var asked: NewReconciliation
    public var state: State
    public var startedAt: Timestamp
    public var finishedAt: Timestamp?
    public var tally: ReconciliationTally
    /// Findings that nobody has settled.
    public var open: Int
    /// Why it is incomplete.
    public var reason: Reason?

    public init(
        id: ReconciliationID, asked: NewReconciliation, state: State = .running, startedAt: Timestamp,
        finishedAt: Timestamp? = nil, tally: ReconciliationTally = ReconciliationTally(), open: Int = 0,
        reason: Reason? = nil
    ) {
        self.id = id
        self.asked = asked
        self.state = state
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.tally = tally
        self.open = open
        self.reason = reason
    }
}

/// What a comparison has looked at.
public struct ReconciliationTally: Sendable, Equatable, Codable {
    /// Orders of the near side.
    public var orders = 0
    /// Records of the far side that were made in the period.
    public var farOrders = 0
    /// Orders that are the same on both sides.
    public var agreed = 0
    /// Orders that are on their way in this gateway.
    public var underWay = 0
    /// Orders that are not carried, by policy or because a person said so.
    public var excused = 0
    /// Findings beyond the limit, which are not kept.
    public var dropped = 0

    public init() {}
}

/// How a comparison ended.
public struct ReconciliationEnd: Sendable, Equatable {
    public var state: Reconciliation.State
    public var tally: ReconciliationTally
    public var reason: Reason?
    public var findings: [ReconciliationFinding]

    public init(
        state: Reconciliation.State, tally: ReconciliationTally, reason: Reason? = nil,
        findings: [ReconciliationFinding] = []
    ) {
        self.state = state
        self.tally = tally
        self.reason = reason
        self.findings = findings
    }
}
