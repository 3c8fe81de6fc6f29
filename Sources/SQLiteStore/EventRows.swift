import Foundation
import GRDB
import Relay

/// Events as people look at them.
enum EventRows {
    static func overview(_ id: Int64, _ db: Database) throws -> EventOverview? {
        guard let row = try db.row(event, [id]) else { return nil }
        return overview(row, try db.rows(deliveries, [id]).map(delivery))
    }

    static func detail(_ id: EventID, _ vault: any PayloadVault, _ db: Database) throws -> EventDetail? {
        guard let row = try db.row(event, [id.rawValue]) else { return nil }
        let deliveries = try db.rows(deliveries, [id.rawValue]).map(delivery)
        return EventDetail(
            event: overview(row, deliveries), dedupKey: row["dedup_key"],
            bodyDigest: [UInt8](row["body_digest"] as Data),
            deliveries: try deliveries.map {
                DeliveryDetail(
                    overview: $0, steps: try History.steps(of: $0.id.rawValue, db),
                    attempts: try History.attempts(of: $0.id, vault, db))
            },
            links: try deliveries.flatMap { try History.links(of: $0.id.rawValue, vault, db) },
            editedFrom: (row["edited_from"] as Int64?).map { EventID($0) },
            // What cannot be opened parks the delivery, and hides nothing else.
            patches: (try? StoredPatches(row)?.open(vault)) ?? [:])
    }

    private static func overview(_ row: Row, _ deliveries: [DeliveryOverview]) -> EventOverview {
        EventOverview(
            id: EventID(row["id"]), source: row["source"], kind: row["kind"], subject: row["subject"],
            receivedAt: Timestamp(millisecondsSince1970: row["received_at_ms"]), bytes: row["body_bytes"],
            deliveries: deliveries)
    }

    private static func delivery(_ row: Row) throws -> DeliveryOverview {
        var reason = row.reason
        reason?.waitsFor = row["waits_for"]
        return DeliveryOverview(
            id: DeliveryID(row["id"]), flow: row["flow"], lane: row["lane"], state: try row.state("state"),
            attempt: row["attempt"], failures: row["failures"],
            dueAt: Timestamp(millisecondsSince1970: row["due_at_ms"]), finishedAt: row.moment("finished_at_ms"),
            summary: row["summary"], reason: reason)
    }

    private static let event = "SELECT * FROM event WHERE id = ?"
    static let deliveries = "SELECT * FROM delivery WHERE event_id = ? ORDER BY id"
}

/// What happened to one delivery.
enum History {
    static func steps(of delivery: Int64, _ db: Database) throws -> [StepRecord] {
        try db.rows("SELECT * FROM step WHERE delivery_id = ? ORDER BY id", [delivery]).map { row in
            StepRecord(
                name: row["name"], intendedAt: Timestamp(millisecondsSince1970: row["intended_at_ms"]),
                concludedAt: row.moment("concluded_at_ms"), result: (row["result"] as Data?).map { [UInt8]($0) })
        }
    }

    static func attempts(
        of delivery: DeliveryID, _ vault: any PayloadVault, _ db: Database
    ) throws -> [AttemptDetail] {
        try db.rows(attempts, [delivery.rawValue]).map { row in
            let attempt: Int = row["attempt"]
            let exchanges = try SealedExchanges(row).open(delivery, attempt: attempt, vault)
            return AttemptDetail(
                attempt: attempt, owner: row["owner"], state: try row.state("state"), reason: row.reason,
                record: AttemptRecord(
                    startedAt: Timestamp(millisecondsSince1970: row["started_at_ms"]),
                    finishedAt: Timestamp(millisecondsSince1970: row["finished_at_ms"]),
                    exchanges: exchanges.readable),
                unreadable: exchanges.problem)
        }
    }

    static func links(of delivery: Int64, _ vault: any PayloadVault, _ db: Database) throws -> [Link] {
        try db.rows(Links.ofDelivery, [delivery]).map { row in
            // One that cannot be opened shows as it stands.
            let key: String = (try? StoredLinkKey.open(row, vault)) ?? row["key"]
            return Link(key: LinkKey(kind: row["kind"], scope: row["scope"], key: key), value: row["value"])
        }
    }

    private static let attempts = "SELECT * FROM attempt WHERE delivery_id = ? ORDER BY attempt"
}

extension Row {
    fileprivate func state(_ column: String) throws -> DeliveryState {
        let word: String = self[column]
        guard let state = DeliveryState(rawValue: word) else {
            throw StoreFault.failed("this version does not know the delivery state \(word)")
        }
        return state
    }
}
