/// For the operator API, the status page and the metrics: what is in the store, without the right to change it.
public protocol Inspection: LinkLookup {
    func lanes(now: Timestamp) async throws -> [LaneOverview]
    /// Newest first.
    func events(matching filter: EventFilter) async throws -> [EventOverview]
    /// Everything about one event; `nil` if there is none.
    func event(_ id: EventID) async throws -> EventDetail?
    func body(of id: EventID) async throws -> [UInt8]?
    /// Fails if the store could not commit a write now.
    func probe() async throws
}

public struct LaneOverview: Sendable, Equatable, Codable {
    public var lane: String
    /// Deliveries by state; finished ones are counted while the store keeps them.
    public var counts: [String: Int]
    /// When the oldest unfinished, unparked delivery was received.
    public var oldestWaitingSince: Timestamp?
    public var lastDoneAt: Timestamp?
    public var lastFailureAt: Timestamp?
    public var lastFailure: Reason?

    public init(
        lane: String, counts: [String: Int], oldestWaitingSince: Timestamp? = nil, lastDoneAt: Timestamp? = nil,
        lastFailureAt: Timestamp? = nil, lastFailure: Reason? = nil
    ) {
        self.lane = lane
        self.counts = counts
        self.oldestWaitingSince = oldestWaitingSince
        self.lastDoneAt = lastDoneAt
        self.lastFailureAt = lastFailureAt
        self.lastFailure = lastFailure
    }
}

/// Which events are listed. What is not set does not matter; what is said of deliveries is said of one of the event's.
public struct EventFilter: Sendable, Equatable {
    public var state: DeliveryState?
    public var subject: String?
    public var kind: String?
    public var flow: String?
    public var lane: String?
    /// Why it waits, is parked or was skipped.
    public var reasonCode: String?
    /// Received at this moment or later.
    public var since: Timestamp?
    /// Only events older than this one, for paging.
    public var before: EventID?
    /// At least 1.
    public var limit: Int

    public init(
        state: DeliveryState? = nil, subject: String? = nil, kind: String? = nil, flow: String? = nil,
        lane: String? = nil, reasonCode: String? = nil, since: Timestamp? = nil, before: EventID? = nil,
        limit: Int = 50
    ) {
        self.state = state
        self.subject = subject
        self.kind = kind
        self.flow = flow
        self.lane = lane
        self.reasonCode = reasonCode
        self.since = since
        self.before = before
        self.limit = limit
    }
}

public struct EventOverview: Sendable, Equatable, Codable {
    public var id: EventID
    public var source: String
    public var kind: String
    public var subject: String
    public var receivedAt: Timestamp
    public var bytes: Int
    public var deliveries: [DeliveryOverview]

    public init(
        id: EventID, source: String, kind: String, subject: String, receivedAt: Timestamp, bytes: Int,
        deliveries: [DeliveryOverview]
    ) {
        self.id = id
        self.source = source
        self.kind = kind
        self.subject = subject
        self.receivedAt = receivedAt
        self.bytes = bytes
        self.deliveries = deliveries
    }
}

public struct DeliveryOverview: Sendable, Equatable, Codable {
    public var id: DeliveryID
    public var flow: String
    public var lane: String
    public var state: DeliveryState
    public var attempt: Int
    public var failures: Int
    public var dueAt: Timestamp
    public var finishedAt: Timestamp?
    /// What came of it, when it is done.
    public var summary: String?
    /// Why it waits, is parked or was skipped.
    public var reason: Reason?

    public init(
        id: DeliveryID, flow: String, lane: String, state: DeliveryState, attempt: Int, failures: Int,
        dueAt: Timestamp, finishedAt: Timestamp? = nil, summary: String? = nil, reason: Reason? = nil
    ) {
        self.id = id
        self.flow = flow
        self.lane = lane
        self.state = state
        self.attempt = attempt
        self.failures = failures
        self.dueAt = dueAt
        self.finishedAt = finishedAt
        self.summary = summary
        self.reason = reason
    }
}

public struct EventDetail: Sendable, Equatable {
    public var event: EventOverview
    public var dedupKey: String
    public var bodyDigest: [UInt8]
    public var deliveries: [DeliveryDetail]
    /// Links that deliveries of this event wrote.
    public var links: [Link]
    /// The event that this one is an edited copy of.
    public var editedFrom: EventID?
    /// See `EventEdit.patches`.
    public var patches: [String: [UInt8]]

    public init(
        event: EventOverview, dedupKey: String, bodyDigest: [UInt8], deliveries: [DeliveryDetail], links: [Link],
        editedFrom: EventID? = nil, patches: [String: [UInt8]] = [:]
    ) {
        self.event = event
        self.dedupKey = dedupKey
        self.bodyDigest = bodyDigest
        self.deliveries = deliveries
        self.links = links
        self.editedFrom = editedFrom
        self.patches = patches
    }
}

public struct DeliveryDetail: Sendable, Equatable {
    public var overview: DeliveryOverview
    public var steps: [StepRecord]
    public var attempts: [AttemptDetail]

    public init(overview: DeliveryOverview, steps: [StepRecord], attempts: [AttemptDetail]) {
        self.overview = overview
        self.steps = steps
        self.attempts = attempts
    }
}

public struct AttemptDetail: Sendable, Equatable {
    public var attempt: Int
    public var owner: String
    /// The state that it led to.
    public var state: DeliveryState
    public var reason: Reason?
    public var record: AttemptRecord
    /// Why its exchanges cannot be shown; `nil` if they can.
    public var unreadable: String?

    public init(
        attempt: Int, owner: String, state: DeliveryState, reason: Reason?, record: AttemptRecord,
        unreadable: String? = nil
    ) {
        self.attempt = attempt
        self.owner = owner
        self.state = state
        self.reason = reason
        self.record = record
        self.unreadable = unreadable
    }
}
