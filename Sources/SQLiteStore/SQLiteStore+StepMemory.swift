import Foundation
import GRDB
public import Relay

extension SQLiteStore: StepMemory {
    public func steps(of delivery: DeliveryID) async throws -> [StepRecord] {
        try await read { try StepRows.steps(of: delivery, $0) }
    }

    public func intend(_ lease: Lease, step: String, at moment: Timestamp) async throws {
        let holds = try await committer.perform(.bookkeeping) { db in
            guard try StepRows.holds(lease, db) else { return false }
            try db.run(StepRows.intend, [lease.delivery.rawValue, step, moment.millisecondsSince1970])
            return true
        }
        guard holds else { throw LeaseLost(lease: lease) }
    }

    public func conclude(
        _ lease: Lease, step: String, result: [UInt8], link: Link?, fingerprint: Fingerprint?, at moment: Timestamp
    ) async throws {
        let conclusion = try await committer.perform(.bookkeeping) { [vault] db in
            try StepRows.conclude(
                lease, step: step, result: result, link: link, fingerprint: fingerprint, at: moment, vault,
                db)
        }
        switch conclusion {
        case .written: return
        case .leaseLost: throw LeaseLost(lease: lease)
        case .linkTaken(let link, let other):
            throw StoreFault.failed("\(link.key) is linked to \(other) already, not to \(link.value)")
        }
    }
}

private enum StepRows {
    enum Conclusion: Sendable {
        case written
        case leaseLost
        /// Nothing was written: which of the two is right, a person must say.
        case linkTaken(Link, by: String)
    }

    static func steps(of delivery: DeliveryID, _ db: Database) throws -> [StepRecord] {
        try History.steps(of: delivery.rawValue, db)
    }

    static func holds(_ lease: Lease, _ db: Database) throws -> Bool {
        try db.row(holds, [lease.delivery.rawValue, lease.attempt, lease.owner]) != nil
    }

    static func conclude(
        _ lease: Lease, step: String, result: [UInt8], link: Link?, fingerprint: Fingerprint?, at moment: Timestamp,
        _ vault: any PayloadVault, _ db: Database
    ) throws -> Conclusion {
        guard try holds(lease, db) else { return .leaseLost }
        if let link, let other = try Links.value(of: link.key, vault, db), other != link.value {
            return .linkTaken(link, by: other)
        }
        let (delivery, now) = (lease.delivery.rawValue, moment.millisecondsSince1970)
        try db.run(conclude, [delivery, step, now, now, Data(result)])
        if let link {
            try Links.write(link, vault, by: delivery, at: now, db)
            try SearchKeys.add(link, by: delivery, vault, db)
        }
        if let fingerprint {
            try Links.write(fingerprint, vault, at: now, db)
        }
        return .written
    }

    private static let holds =
        "SELECT 1 FROM delivery WHERE id = ? AND state = 'running' AND attempt = ? AND owner = ?"
    /// A second intent of a concluded step changes nothing.
    static let intend = """
        INSERT INTO step (delivery_id, name, intended_at_ms) VALUES (?, ?, ?)
            ON CONFLICT (delivery_id, name) DO UPDATE SET intended_at_ms = excluded.intended_at_ms
            WHERE concluded_at_ms IS NULL
        """
    private static let conclude = """
        INSERT INTO step (delivery_id, name, intended_at_ms, concluded_at_ms, result) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (delivery_id, name) DO UPDATE SET
               concluded_at_ms = excluded.concluded_at_ms, result = excluded.result
        """
}
