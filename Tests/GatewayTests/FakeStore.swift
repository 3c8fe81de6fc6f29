import Relay
import Synchronization

/// A store in memory that answers as a test wants it to.
final class FakeStore: EventLog, Inspection, DeliveryQueue, StepMemory {
    struct Content {
        var fault: StoreFault?
        var appended: [NewEvent] = []
        var lanes: [LaneOverview] = []
        var events: [EventDetail] = []
        var filter: EventFilter?
        var probes = 0
        var pauses: [LanePause] = []
        /// Lanes are not read before this ends.
        var lanesWait: AsyncStream<Void>?
        var repair = RepairContent()
        var erasures: [ErasureRecord] = []
    }

    private let content: Mutex<Content>

    init(fault: StoreFault? = nil) { content = Mutex(Content(fault: fault)) }

    /// For tests to set and see.
    func with<Value>(_ body: (inout Content) -> Value) -> Value { content.withLock { body(&$0) } }

    func append(_ event: NewEvent) async throws -> Receipt {
        try content.withLock {
            if let fault = $0.fault { throw fault }
            let known = $0.appended.firstIndex { $0.source == event.source && $0.dedupKey == event.dedupKey }
            if known == nil { $0.appended.append(event) }
            return Receipt(event: EventID(Int64((known ?? $0.appended.count - 1) + 1)), isDuplicate: known != nil)
        }
    }

    func append(_ events: [NewEvent]) async throws -> [Receipt] {
        var receipts: [Receipt] = []
        for event in events { receipts.append(try await append(event)) }
        return receipts
    }

    func lanes(now: Timestamp) async throws -> [LaneOverview] {
        if let wait = with(\.lanesWait) { for await _ in wait {} }
        return try look { $0.lanes }
    }

    func events(matching filter: EventFilter) async throws -> [EventOverview] {
        try look {
            $0.filter = filter
            return $0.events.prefix(filter.limit).map(\.event)
        }
    }

    func event(_ id: EventID) async throws -> EventDetail? { try look { $0.events.first { $0.event.id == id } } }

    func body(of id: EventID) async throws -> [UInt8]? {
        guard !with({ $0.repair.bodiless.contains(id) }) else { return nil }
        if let body = with({ $0.repair.bodies[id] }) { return body }
        return try await event(id).map { Array("body of \($0.event.id)".utf8) }
    }

    func probe() async throws { try look { $0.probes += 1 } }

    func look<Value>(_ body: (inout Content) throws -> Value) throws -> Value {
        try content.withLock {
            if let fault = $0.fault {
                $0.probes += 1
                throw fault
            }
            return try body(&$0)
        }
    }

    func value(of key: LinkKey) async throws -> String? { nil }
    func key(kind: String, scope: String, value: String) async throws -> String? { nil }
    func fingerprint(of key: LinkKey) async throws -> [UInt8]? { nil }
    func claim(
        lane: String, limit: Int, bulkLimit: Int, owner: String, now: Timestamp, leaseUntil: Timestamp
    ) async -> [Claim] { [] }
    func finish(_ lease: Lease, _ outcome: Outcome, _ record: AttemptRecord) async -> Finished? {
        Finished(outcome: outcome, freedLane: nil)
    }
    func extendLeases(owner: String, until: Timestamp) async {}
    func rescue(now: Timestamp, owner: String, otherOwners: Bool) async -> Int { 0 }
    func nextDue(lane: String) async -> Timestamp? { nil }
    func steps(of delivery: DeliveryID) async -> [StepRecord] { [] }
    func intend(_ lease: Lease, step: String, at: Timestamp) async {}
    func conclude(
        _ lease: Lease, step: String, result: [UInt8], link: Link?, fingerprint: Fingerprint?, at: Timestamp
    ) async {}
}
