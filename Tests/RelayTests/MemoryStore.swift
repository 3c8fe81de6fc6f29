import Relay

/// The relay's seams in memory, as honest as a store on disk: heads of subjects, leases, fences, one transaction per
/// call. Single operations can be made to fail.
final class MemoryStore: Sendable {
    enum Operation: Sendable, CaseIterable {
        case append, claim, finish, extendLeases, rescue, nextDue, steps, intend, conclude, pauses, holds, remember
    }

    struct Row: Sendable {
        var id: DeliveryID
        var event: StoredEvent
        var route: Route
        var state: DeliveryState = .ready
        var attempt = 0
        var failures = 0
        var dueAt: Timestamp
        var leaseUntil: Timestamp?
        var owner: String?
        var isBulk = false
        var steps: [StepRecord] = []
        var attempts: [(outcome: Outcome, record: AttemptRecord)] = []
    }

    struct Content: Sendable {
        var keys: [String: EventID] = [:]
        var rows: [Row] = []
        var links: [LinkKey: String] = [:]
        var fingerprints: [LinkKey: [UInt8]] = [:]
        /// The newest version carried, by subject.
        var applied: [String: Int64] = [:]
        var pauses: [LanePause] = []
        var holds: [DestinationHold] = []
        var acts: [OperatorAct] = []
        /// How many calls of an operation fail from now on.
        var faults: [Operation: Int] = [:]
        /// When each claim was asked for, and how many were handed out.
        var claims: [(now: Timestamp, lane: String, count: Int)] = []

        func row(_ event: EventID) -> Row? { rows.first { $0.event.id == event } }
        func state(_ event: EventID) -> DeliveryState? { row(event)?.state }
        var unfinished: Int { rows.count { !$0.state.isFinished } }

        func isHead(_ row: Row) -> Bool {
            !rows.contains { $0.id < row.id && $0.event.subject == row.event.subject && !$0.state.isFinished }
        }

        mutating func fail(_ operation: Operation) throws {
            guard let left = faults[operation], left > 0 else { return }
            faults[operation] = left - 1
            throw StoreFault.failed("the test wants \(operation) to fail")
        }

        func index(_ lease: Lease) -> Int? {
            rows.firstIndex {
                $0.id == lease.delivery && $0.state == .running && $0.attempt == lease.attempt
                    && $0.owner == lease.owner
            }
        }
    }

    let content = Watched(Content())

    func fail(_ operation: Operation, times: Int = 1) {
        content.update { $0.faults[operation] = times }
    }

    /// The attempt at work on an event is forgotten, as after a crash and a rescue.
    func release(_ event: EventID) {
        content.update { content in
            for index in content.rows.indices where content.rows[index].event.id == event {
                content.rows[index].state = .ready
            }
        }
    }

    /// Another process takes a running delivery over.
    func steal(_ event: EventID, owner: String) {
        content.update { content in
            guard let index = content.rows.firstIndex(where: { $0.event.id == event }) else { return }
            content.rows[index].attempt += 1
            content.rows[index].owner = owner
        }
    }
}

extension MemoryStore: EventLog {
    func append(_ event: NewEvent) async throws -> Receipt {
        try content.update { try $0.append(event) }
    }

    func append(_ events: [NewEvent]) async throws -> [Receipt] {
        try content.update { content in
            var copy = content
            let receipts = try events.map { try copy.append($0) }
            content = copy
            return receipts
        }
    }
}

extension MemoryStore.Content {
    fileprivate mutating func append(_ event: NewEvent) throws -> Receipt {
        try fail(.append)
        let key = event.source + " " + event.dedupKey
        if let known = keys[key] { return Receipt(event: known, isDuplicate: true) }
        let id = EventID(Int64(keys.count + 1))
        keys[key] = id
        let stored = StoredEvent(
            id: id, source: event.source, kind: event.kind, subject: event.subject, receivedAt: event.receivedAt,
            body: event.body, version: event.version)
        for route in event.routes {
            rows.append(
                MemoryStore.Row(
                    id: DeliveryID(Int64(rows.count + 1)), event: stored, route: route, dueAt: event.receivedAt))
        }
        return Receipt(event: id, isDuplicate: false)
    }
}

extension MemoryStore: DeliveryQueue {
    func claim(
        lane: String, limit: Int, bulkLimit: Int, owner: String, now: Timestamp, leaseUntil: Timestamp
    ) async throws -> [Claim] {
        try content.update { content in
            content.claims.append((now, lane, 0))
            try content.fail(.claim)
            let due = content.rows.indices.filter { index in
                let row = content.rows[index]
                return row.route.lane == lane && (row.state == .ready || row.state == .waiting) && row.dueAt <= now
                    && content.isHead(row)
            }
            let byDue = due.sorted { content.rows[$0].dueAt < content.rows[$1].dueAt }
            let live = byDue.filter { !content.rows[$0].isBulk }.prefix(limit)
            let bulk = byDue.filter { content.rows[$0].isBulk }.prefix(min(bulkLimit, limit - live.count))
            let chosen = live + bulk
            content.claims[content.claims.count - 1].count = chosen.count
            return chosen.map { index in
                content.rows[index].state = .running
                content.rows[index].attempt += 1
                content.rows[index].owner = owner
                content.rows[index].leaseUntil = leaseUntil
                let row = content.rows[index]
                return Claim(
                    lease: Lease(delivery: row.id, attempt: row.attempt, owner: owner), event: row.event,
                    route: row.route, failures: row.failures, isBulk: row.isBulk,
                    appliedVersion: content.applied[row.event.subject])
            }
        }
    }

    func finish(_ lease: Lease, _ outcome: Outcome, _ record: AttemptRecord) async throws -> Finished? {
        try content.update { content in
            try content.fail(.finish)
            guard let index = content.index(lease) else { return nil }
            content.rows[index].state = outcome.state
            content.rows[index].leaseUntil = nil
            content.rows[index].owner = nil
            if outcome.isHeldUnsent(record.exchanges) {
                content.rows[index].attempts.removeAll {
                    $0.outcome.isHeldUnsent($0.record.exchanges) && $0.outcome.reason?.code == outcome.reason?.code
                }
            }
            content.rows[index].attempts.append((outcome, record))
            let row = content.rows[index]
            switch outcome {
            case .retry(let moment, _):
                content.rows[index].dueAt = moment
                content.rows[index].failures += 1
            case .held(let moment, _): content.rows[index].dueAt = moment
            case .done: content.applied[row.event.subject] = row.event.version ?? content.applied[row.event.subject]
            case .parked, .skipped, .superseded: break
            }
            let next = content.rows.first { $0.event.subject == row.event.subject && !$0.state.isFinished }
            return Finished(outcome: outcome, freedLane: outcome.state.isFinished ? next?.route.lane : nil)
        }
    }

    func extendLeases(owner: String, until: Timestamp) async throws {
        try content.update { content in
            try content.fail(.extendLeases)
            for index in content.rows.indices where content.rows[index].owner == owner {
                content.rows[index].leaseUntil = until
            }
        }
    }

    func rescue(now: Timestamp, owner: String, otherOwners: Bool) async throws -> Int {
        try content.update { content in
            try content.fail(.rescue)
            let lost = content.rows.indices.filter { index in
                let row = content.rows[index]
                guard row.state == .running else { return false }
                return (row.leaseUntil.map { $0 <= now } ?? true) || (otherOwners && row.owner != owner)
            }
            for index in lost {
                content.rows[index].state = .ready
                content.rows[index].dueAt = now
                content.rows[index].leaseUntil = nil
                content.rows[index].owner = nil
            }
            return lost.count
        }
    }

    func nextDue(lane: String) async throws -> Timestamp? {
        try content.update { content in
            try content.fail(.nextDue)
            return content.rows.filter { row in
                row.route.lane == lane && (row.state == .ready || row.state == .waiting) && content.isHead(row)
            }.map(\.dueAt).min()
        }
    }
}

extension MemoryStore: StepMemory {
    func steps(of delivery: DeliveryID) async throws -> [StepRecord] {
        try content.update { content in
            try content.fail(.steps)
            return content.rows.first { $0.id == delivery }?.steps ?? []
        }
    }

    func intend(_ lease: Lease, step: String, at moment: Timestamp) async throws {
        try content.update { content in
            try content.fail(.intend)
            guard let index = content.index(lease) else { throw LeaseLost(lease: lease) }
            content.rows[index].steps.removeAll { $0.name == step }
            content.rows[index].steps.append(StepRecord(name: step, intendedAt: moment))
        }
    }

    func conclude(
        _ lease: Lease, step: String, result: [UInt8], link: Link?, fingerprint: Fingerprint?, at moment: Timestamp
    ) async throws {
        try content.update { content in
            try content.fail(.conclude)
            guard let index = content.index(lease) else { throw LeaseLost(lease: lease) }
            let intendedAt = content.rows[index].steps.first { $0.name == step }?.intendedAt ?? moment
            content.rows[index].steps.removeAll { $0.name == step }
            content.rows[index].steps.append(
                StepRecord(name: step, intendedAt: intendedAt, concludedAt: moment, result: result))
            if let link { content.links[link.key] = link.value }
            if let fingerprint { content.fingerprints[fingerprint.key] = fingerprint.digest }
        }
    }
}

extension MemoryStore: LinkLookup {
    func value(of key: LinkKey) async throws -> String? { content.value.links[key] }

    func fingerprint(of key: LinkKey) async throws -> [UInt8]? { content.value.fingerprints[key] }

    func key(kind: String, scope: String, value: String) async throws -> String? {
        content.value.links.first { $0.key.kind == kind && $0.key.scope == scope && $0.value == value }?.key.key
    }
}

extension MemoryStore: LaneControls {
    func pauses() async throws -> [LanePause] {
        try content.update { content in
            try content.fail(.pauses)
            return content.pauses
        }
    }

    func pause(_ pause: LanePause) async throws {
        content.update { content in
            content.pauses.removeAll { $0.lane == pause.lane }
            content.pauses.append(pause)
        }
    }

    func resume(_ lane: String, act: OperatorAct) async throws -> Bool {
        content.update { content in
            let wasPaused = content.pauses.contains { $0.lane == lane }
            content.pauses.removeAll { $0.lane == lane }
            if wasPaused { content.acts.append(act) }
            return wasPaused
        }
    }
}

extension MemoryStore: DestinationMemory {
    func holds() async throws -> [DestinationHold] {
        try content.update { content in
            try content.fail(.holds)
            return content.holds
        }
    }

    func remember(_ hold: DestinationHold) async throws {
        try content.update { content in
            try content.fail(.remember)
            content.holds.removeAll { $0.destination == hold.destination }
            content.holds.append(hold)
        }
    }
}
