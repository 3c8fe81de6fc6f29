import Foundation
import GRDB
import Relay

/// Goes through what is plain or sealed with an older key, a part at a time: reading and sealing happen outside the
/// writer's queue, only the exchange of the bytes inside.
enum Resealing {
    /// A sealed thing with the row that it belongs to.
    struct Row: Sendable {
        var id: Int64
        var old: StoredPayload
        var place: PayloadPlace
        var what: String
    }

    /// What is sealed in one table, with the key that it is sealed with now.
    enum Source: CaseIterable, Sendable {
        case bodies, patches, attempts, packages
    }

    static func rows(
        _ source: Source, sealedBy key: String?, after id: Int64, limit: Int, _ db: Database
    ) throws -> [Row] {
        try db.rows(source.select, [key, id, limit]).map { row in
            let id: Int64 = row["id"]
            let old = StoredPayload([UInt8](row["bytes"] as Data), sealedBy: key)
            switch source {
            case .bodies:
                return Row(
                    id: id, old: old, place: .body(digest: [UInt8](row["digest"] as Data)),
                    what: "the body of event \(id)")
            case .patches:
                return Row(
                    id: id, old: old, place: .patches(digest: [UInt8](row["digest"] as Data)),
                    what: "what was edited of event \(id)")
            case .packages:
                return Row(
                    id: id, old: old, place: .package(digest: [UInt8](row["digest"] as Data)),
                    what: "the package of job \(id)")
            case .attempts:
                let (delivery, attempt): (Int64, Int) = (row["delivery_id"], row["attempt"])
                return Row(
                    id: id, old: old, place: .exchanges(DeliveryID(delivery), attempt: attempt),
                    what: "what attempt \(attempt) of delivery \(delivery) sent and received")
            }
        }
    }

    /// What was taken away meanwhile stays away.
    static func write(_ source: Source, _ row: Row, _ new: StoredPayload, _ db: Database) throws {
        try db.run(source.update, [Data(new.bytes), new.key, row.id, row.old.key])
    }
}

extension Resealing.Source {
    var column: String { self == .patches ? "patches_sealed_by" : "sealed_by" }
    var table: String {
        switch self {
        case .bodies: "body"
        case .patches: "event"
        case .attempts: "attempt"
        case .packages: "data_job_package"
        }
    }

    fileprivate var select: String {
        switch self {
        case .bodies:
            """
            SELECT b.event_id AS id, b.bytes, e.body_digest AS digest
              FROM body b CROSS JOIN event e ON e.id = b.event_id
             WHERE b.sealed_by IS ? AND b.event_id > ? ORDER BY b.event_id LIMIT ?
            """
        case .patches:
            """
            SELECT id, patches AS bytes, body_digest AS digest FROM event
             WHERE patches IS NOT NULL AND patches_sealed_by IS ? AND id > ? ORDER BY id LIMIT ?
            """
        case .packages:
            """
            SELECT job_id AS id, bytes, digest FROM data_job_package
             WHERE sealed_by IS ? AND job_id > ? ORDER BY job_id LIMIT ?
            """
        case .attempts:
            """
            SELECT id, delivery_id, attempt, coalesce(sealed_exchanges, CAST(exchanges AS BLOB)) AS bytes FROM attempt
             WHERE sealed_by IS ? AND (exchanges <> '[]' OR sealed_by IS NOT NULL) AND id > ? ORDER BY id LIMIT ?
            """
        }
    }

    fileprivate var update: String {
        switch self {
        case .bodies: "UPDATE body SET bytes = ?, sealed_by = ? WHERE event_id = ? AND sealed_by IS ?"
        case .patches:
            """
            UPDATE event SET patches = ?, patches_sealed_by = ?
             WHERE id = ? AND patches_sealed_by IS ? AND patches IS NOT NULL
            """
        case .packages:
            "UPDATE data_job_package SET bytes = ?, sealed_by = ? WHERE job_id = ? AND sealed_by IS ?"
        case .attempts:
            """
            UPDATE attempt SET exchanges = '[]', sealed_exchanges = ?, sealed_by = ?
             WHERE id = ? AND sealed_by IS ? AND (exchanges <> '[]' OR sealed_by IS NOT NULL)
            """
        }
    }
}
