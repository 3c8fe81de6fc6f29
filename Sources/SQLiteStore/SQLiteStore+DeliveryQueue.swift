import Foundation
import GRDB
public import Relay

extension SQLiteStore: DeliveryQueue {
    public func claim(
        lane: String, limit: Int, bulkLimit: Int, owner: String, now: Timestamp, leaseUntil: Timestamp
    ) async throws -> [Claim] {
        guard limit > 0 else { return [] }
        let handedOut = try await committer.perform(.bookkeeping) { db in
            try Claiming.run(
                lane: lane, limit: limit, bulkLimit: bulkLimit, owner: owner, now: now, leaseUntil: leaseUntil, db)
        }
        return try await open(handedOut, at: now)
    }

    public func finish(_ lease: Lease, _ outcome: Outcome, _ record: AttemptRecord) async throws -> Finished? {
        let exchanges = try SealedExchanges(record.exchanges, of: lease, vault)
        return try await committer.perform(.bookkeeping) { db in
            try Finishing.run(lease, outcome, record, exchanges: exchanges, db)
        }
    }

    public func extendLeases(owner: String, until: Timestamp) async throws {
        try await committer.perform(.bookkeeping) { db in
            try db.run(Rescuing.prolong, [until.millisecondsSince1970, owner])
        }
    }

    @discardableResult
    public func rescue(now: Timestamp, owner: String, otherOwners: Bool) async throws -> Int {
        try await committer.perform(.bookkeeping) { db in
            try Rescuing.run(now: now, owner: owner, otherOwners: otherOwners, db)
        }
    }

    public func nextDue(lane: String) async throws -> Timestamp? {
        try await read { db in
            try [false, true].compactMap { try db.row(Claiming.nextDue, [lane, $0])?.moment("due_at_ms") }.min()
        }
    }
}

/// The attempts' exchanges as the audit trail keeps them.
enum Trails {
    static func json(_ exchanges: [Exchange]) throws -> String {
        guard !exchanges.isEmpty else { return "[]" }
        do {
            return String(decoding: try JSONEncoder().encode(exchanges), as: UTF8.self)
        } catch {
            throw StoreFault.failed("the exchanges of an attempt cannot be encoded: \(error)")
        }
    }

    static func exchanges(_ json: String) throws -> [Exchange] {
        guard json != "[]" else { return [] }
        return try JSONDecoder().decode([Exchange].self, from: Data(json.utf8))
    }
}
