import Foundation
import GRDB
import Relay

/// What was edited of an event as it stands in the store.
struct StoredPatches: Sendable {
    let event: EventID
    let digest: [UInt8]
    let payload: StoredPayload

    /// - Parameter row: Has `body_digest`, `patches`, `patches_sealed_by`, and the event's id as `event_id` or `id`.
    /// - Returns: `nil` if nothing was.
    init?(_ row: Row) {
        guard let payload = row.payload("patches", by: "patches_sealed_by") else { return nil }
        event = EventID(row.hasColumn("event_id") ? row["event_id"] : row["id"])
        digest = [UInt8](row["body_digest"] as Data)
        self.payload = payload
    }

    func open(_ vault: any PayloadVault) throws -> [String: [UInt8]] {
        let json = try vault.open(payload, at: .patches(digest: digest), of: "what was edited of event \(event)")
        return try Patches.decode(Data(json))
    }
}

/// The body of an event as it stands in the store.
struct StoredBody: Sendable {
    let event: EventID
    let digest: [UInt8]
    let payload: StoredPayload

    /// - Parameter row: Has `event_id`, `body_digest`, `bytes` and `sealed_by`.
    /// - Returns: `nil` if the body was purged.
    init?(_ row: Row) {
        guard let payload = row.payload("bytes", by: "sealed_by") else { return nil }
        event = EventID(row["event_id"])
        digest = [UInt8](row["body_digest"] as Data)
        self.payload = payload
    }

    static func of(_ event: Int64, _ db: Database) throws -> StoredBody? {
        try db.row(one, [event]).flatMap { StoredBody($0) }
    }

    func open(_ vault: any PayloadVault) throws(Unreadable) -> [UInt8] {
        try vault.open(payload, at: .body(digest: digest), of: "the body of event \(event)")
    }

    private static let one = """
        SELECT b.event_id, b.bytes, b.sealed_by, e.body_digest
          FROM body b JOIN event e ON e.id = b.event_id WHERE b.event_id = ?
        """
}
