// What the relay needs of a store. Each protocol is declared for one caller; a store implements them all, and the
// conformance suite in `Tests/StoreConformance` says what they promise.

/// For the intake.
public protocol EventLog: Sendable {
    /// Stores event, body and deliveries in one transaction, unless `source` and `dedupKey` are known already.
    /// Returns only when the transaction is on stable storage.
    /// - Throws: `StoreFault`.
    func append(_ event: NewEvent) async throws -> Receipt

    /// The same for events that came together: all of them in one transaction, or none.
    /// - Returns: One receipt for each event, in their sequence.
    func append(_ events: [NewEvent]) async throws -> [Receipt]
}

/// For the dispatcher. A delivery that is not finished holds its subject: only the first unfinished delivery of a
/// subject, in order of arrival, is ever handed out. One that is parked holds it too, unless its policy lets others
/// pass.
public protocol DeliveryQueue: Sendable {
    /// Hands out due heads of subjects in one lane, and counts up their attempt: live ones first, then bulk ones, each
    /// the longest due first.
    /// - Parameters:
    ///   - limit: Deliveries, bulk ones included.
    ///   - bulkLimit: Bulk deliveries.
    func claim(
        lane: String, limit: Int, bulkLimit: Int, owner: String, now: Timestamp, leaseUntil: Timestamp
    ) async throws -> [Claim]

    /// Ends an attempt and writes it to the audit trail. A finished delivery frees the next one of its subject.
    ///
    /// Of attempts that were held before any call left (`Outcome.isHeldUnsent`), for one and the same reason, the trail
    /// has only the last: an outage of days would fill it with their like.
    ///
    /// A delivery whose latest event wins, and which would wait or be parked while a newer one of its subject and
    /// flow is there, is superseded instead.
    /// - Returns: `nil` if the lease was lost; nothing is written then.
    func finish(_ lease: Lease, _ outcome: Outcome, _ record: AttemptRecord) async throws -> Finished?

    /// Prolongs all leases of this owner.
    func extendLeases(owner: String, until: Timestamp) async throws

    /// Makes deliveries ready again whose lease has ended, or whose owner is not `owner` when `otherOwners` is set
    /// (at start, when the store's lock proves that every other owner is dead).
    /// - Returns: How many were rescued.
    @discardableResult
    func rescue(now: Timestamp, owner: String, otherOwners: Bool) async throws -> Int

    /// When the next head of this lane falls due; `nil` if none waits.
    func nextDue(lane: String) async throws -> Timestamp?
}

/// What came of ending an attempt.
public struct Finished: Sendable, Equatable {
    /// The outcome as it was written.
    public var outcome: Outcome
    /// The lane in which the next delivery of the subject now waits, if there is one.
    public var freedLane: String?

    public init(outcome: Outcome, freedLane: String?) {
        self.outcome = outcome
        self.freedLane = freedLane
    }
}

/// For the steps of a flow.
public protocol StepMemory: Sendable {
    func steps(of delivery: DeliveryID) async throws -> [StepRecord]

    /// Notes that a step is about to act on the far side.
    /// - Throws: `LeaseLost` if the lease no longer holds.
    func intend(_ lease: Lease, step: String, at: Timestamp) async throws

    /// Notes a step's result, its link and its fingerprint in one transaction.
    /// - Throws: `LeaseLost` if the lease no longer holds.
    func conclude(
        _ lease: Lease, step: String, result: [UInt8], link: Link?, fingerprint: Fingerprint?, at: Timestamp
    ) async throws
}

/// For flows that look up cross-references.
public protocol LinkLookup: Sendable {
    /// The far side's key for a near one.
    func value(of key: LinkKey) async throws -> String?
    /// The near side's key for a far one.
    func key(kind: String, scope: String, value: String) async throws -> String?
    /// What was last carried of a record; `nil` if nothing was.
    func fingerprint(of key: LinkKey) async throws -> [UInt8]?
}

/// A line of a flow as the store remembers it.
public struct StepRecord: Sendable, Equatable, Codable {
    public var name: String
    public var intendedAt: Timestamp
    public var concludedAt: Timestamp?
    /// JSON; `nil` while the outcome is unknown.
    public var result: [UInt8]?

    public init(name: String, intendedAt: Timestamp, concludedAt: Timestamp? = nil, result: [UInt8]? = nil) {
        self.name = name
        self.intendedAt = intendedAt
        self.concludedAt = concludedAt
        self.result = result
    }
}

/// One attempt for the audit trail.
public struct AttemptRecord: Sendable, Equatable {
    public var startedAt: Timestamp
    public var finishedAt: Timestamp
    public var exchanges: [Exchange]

    public init(startedAt: Timestamp, finishedAt: Timestamp, exchanges: [Exchange]) {
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.exchanges = exchanges
    }
}

/// Thrown into a flow whose delivery was claimed by somebody else in the meantime.
public struct LeaseLost: Error, Equatable, CustomStringConvertible {
    public var lease: Lease
    public init(lease: Lease) { self.lease = lease }
    public var description: String {
        "delivery \(lease.delivery) is no longer held by attempt \(lease.attempt) of \(lease.owner)"
    }
}

/// The store could not do what it was asked. Nothing was written.
public enum StoreFault: Error, Equatable, CustomStringConvertible {
    /// The hand-over queue to the writer is full.
    case overloaded(limit: Int)
    /// No room on the disk.
    case full(String)
    /// Anything else the store said.
    case failed(String)
    /// The store is shut, or had to stop after a failed sync.
    case closed(String)

    public var description: String {
        switch self {
        case .overloaded(let limit): "the writer's queue is full (\(limit) waiting)"
        case .full(let detail): "the disk is full: \(detail)"
        case .failed(let detail): "the store failed: \(detail)"
        case .closed(let detail): "the store is closed: \(detail)"
        }
    }
}
