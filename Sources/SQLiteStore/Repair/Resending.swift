import Cryptography
import Foundation
import GRDB
import Relay

/// Stores an edited copy of an event, and ends what it stands in for.
enum Resending {
    enum Result: Sendable {
        case copy(EventID)
        case unknown
        case refused(RepairRefused)
    }

    static func run(_ id: EventID, _ edit: EventEdit, act: OperatorAct, _ vault: any PayloadVault, _ db: Database)
        throws -> Result
    {
        guard let event = try db.row("SELECT * FROM event WHERE id = ?", [id.rawValue]) else { return .unknown }
        guard let body = try edit.body ?? StoredBody.of(id.rawValue, db)?.open(vault) else {
            return .refused(.bodyGone(id))
        }
        let digest = SHA256.hash(body)
        let patches = try Patches.encode(edit.patches)
        let key = "edit of \(id) " + Hex.encode(SHA256.hash(digest + (patches.map { [UInt8]($0) } ?? [])))
        if let known = try db.row(find, [event["source"], key]) { return .copy(EventID(known[0])) }
        if let running = try db.row(running, [id.rawValue, id.rawValue]) {
            return .refused(.running(EventID(running[0])))
        }
        let sealed = patches.map { vault.seal([UInt8]($0), at: .patches(digest: digest)) }
        try db.run(
            insertEvent,
            [
                key, act.at.millisecondsSince1970, body.count, Data(digest), sealed.map { Data($0.bytes) },
                sealed?.key, id.rawValue,
            ])
        let copy = EventID(db.lastInsertedRowID)
        try SealedEvent.write(vault.seal(body, at: .body(digest: digest)), of: copy.rawValue, db)
        try db.run(copySearchKeys, [copy.rawValue, id.rawValue])
        let reason = Reason(code: "superseded", message: "Event \(copy) is an edited copy.")
        try db.run(
            supersede, [act.at.millisecondsSince1970, reason.code, reason.message, id.rawValue, id.rawValue])
        try db.run(insertDeliveries, [copy.rawValue, act.at.millisecondsSince1970, id.rawValue])
        try SubjectHeads.elect(event["subject"], db)
        try Acts.record(
            act, verb: "resend", target: "event \(id) as event \(copy)", event: id, touched: [copy], db)
        return .copy(copy)
    }

    private static let find = "SELECT id FROM event WHERE source = ? AND dedup_key = ?"
    static let running = """
        SELECT event_id FROM delivery WHERE event_id = ? AND state = 'running'
        UNION ALL
        SELECT d.event_id FROM event e JOIN delivery d ON d.event_id = e.id
         WHERE e.edited_from = ? AND d.state = 'running'
        """
    private static let insertEvent = """
        INSERT INTO event (source, kind, subject, version, dedup_key, received_at_ms, body_bytes, body_digest,
                           patches, patches_sealed_by, edited_from)
        SELECT source, kind, subject, version, ?, ?, ?, ?, ?, ?, id FROM event WHERE id = ?
        """
    private static let copySearchKeys = """
        INSERT INTO search_key (kind, token, is_hashed, event_id)
        SELECT kind, token, is_hashed, ? FROM search_key WHERE event_id = ?
        """
    static let supersede = """
        UPDATE delivery SET state = 'superseded', is_head = 0, finished_at_ms = ?,
               reason_code = ?, reason_message = ?, reason_advice = NULL, waits_for = NULL
         WHERE finished_at_ms IS NULL
           AND event_id IN (SELECT ? UNION ALL SELECT id FROM event WHERE edited_from = ?)
        """
    /// None is the head before `elect` has compared their places.
    private static let insertDeliveries = """
        INSERT INTO delivery (event_id, flow, lane, subject, due_at_ms, latest_wins, lets_pass, is_head, place)
        SELECT ?, flow, lane, subject, ?, latest_wins, lets_pass, 0, coalesce(place, id) FROM delivery
         WHERE event_id = ? ORDER BY id
        """
}
