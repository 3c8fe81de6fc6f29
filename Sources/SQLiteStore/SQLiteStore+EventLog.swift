import Foundation
import GRDB
public import Relay

extension SQLiteStore: EventLog {
    public func append(_ event: NewEvent) async throws -> Receipt {
        let sealed = SealedEvent(event, vault)
        return try await committer.perform(.append) { try Append.run(event, sealed, $0) }
    }

    public func append(_ events: [NewEvent]) async throws -> [Receipt] {
        let sealed = events.map { ($0, SealedEvent($0, vault)) }
        return try await committer.perform(.append) { db in try sealed.map { try Append.run($0, $1, db) } }
    }
}

/// One arrival: event, body and deliveries, or nothing if it is known.
enum Append {
    static func run(_ event: NewEvent, _ sealed: SealedEvent, _ db: Database) throws -> Receipt {
        try db.run(
            insertEvent,
            [
                event.source, event.kind, event.subject, event.dedupKey, event.receivedAt.millisecondsSince1970,
                event.body.count, Data(event.bodyDigest), event.version,
            ])
        guard db.changesCount == 1 else { return try duplicate(of: event, db) }
        let id = db.lastInsertedRowID
        try sealed.write(of: id, db)
        for route in event.routes {
            if route.policy.latestWins {
                try Superseding.run(
                    by: EventID(id), subject: event.subject, flow: route.flow, at: event.receivedAt, db)
            }
            let row = try db.row(
                insertDelivery,
                [
                    id, route.flow, route.lane, event.subject, event.receivedAt.millisecondsSince1970,
                    route.policy.latestWins, route.policy.parkedLetsPass, event.subject,
                ])
            if row?[0] == 0 { try SubjectHeads.hurry(event.subject, db) }
        }
        let gap = try event.sequence.flatMap { try Streams.gap(before: $0, at: event.receivedAt, db) }
        return Receipt(event: EventID(id), isDuplicate: false, gap: gap)
    }

    private static func duplicate(of event: NewEvent, _ db: Database) throws -> Receipt {
        guard let id: Int64 = try db.row(findEvent, [event.source, event.dedupKey])?[0] else {
            throw StoreFault.failed("an event was neither inserted nor found")
        }
        return Receipt(event: EventID(id), isDuplicate: true)
    }

    private static let insertEvent = """
        INSERT INTO event (source, kind, subject, dedup_key, received_at_ms, body_bytes, body_digest, version)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, dedup_key) DO NOTHING
        """
    private static let findEvent = "SELECT id FROM event WHERE source = ? AND dedup_key = ?"
    /// Head if its subject has none, which is to say no delivery in its queue.
    private static let insertDelivery = """
        INSERT INTO delivery (event_id, flow, lane, subject, due_at_ms, latest_wins, lets_pass, is_head)
        VALUES (?, ?, ?, ?, ?, ?, ?, NOT EXISTS (SELECT 1 FROM delivery WHERE subject = ? AND is_head = 1))
        RETURNING is_head
        """
}
