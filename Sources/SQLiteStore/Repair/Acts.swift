import GRDB
import Relay

/// What people did.
enum Acts {
    /// Acts in one answer, whatever is asked for.
    static let maxPage = 500

    /// - Parameters:
    ///   - event: The one event that it was done to.
    ///   - touched: All events that it touched, where that is not just `event`.
    static func record(
        _ act: OperatorAct, verb: String, target: String, event: EventID? = nil, touched: [EventID] = [],
        _ db: Database
    ) throws {
        try db.run(insert, [act.at.millisecondsSince1970, act.by, verb, target, event?.rawValue, act.why])
        let id = db.lastInsertedRowID
        for event in Set(touched + [event].compactMap { $0 }) { try db.run(touch, [event.rawValue, id]) }
    }

    static func list(on event: EventID?, before: Int64?, limit: Int, _ db: Database) throws -> [RecordedAct] {
        let (before, limit) = (before ?? .max, min(max(limit, 1), maxPage))
        let rows =
            if let event {
                try db.rows(onEvent, [event.rawValue, before, limit])
            } else {
                try db.rows(newest, [before, limit])
            }
        return rows.map { row in
            RecordedAct(
                id: row["id"],
                act: OperatorAct(
                    by: row["by"], why: row["why"], at: Timestamp(millisecondsSince1970: row["at_ms"])),
                verb: row["act"], target: row["target"], event: (row["event_id"] as Int64?).map { EventID($0) })
        }
    }

    private static let insert =
        "INSERT INTO operator_act (at_ms, by, act, target, event_id, why) VALUES (?, ?, ?, ?, ?, ?)"
    private static let touch = "INSERT INTO operator_act_event (event_id, act_id) VALUES (?, ?)"
    private static let newest = "SELECT * FROM operator_act WHERE id < ? ORDER BY id DESC LIMIT ?"
    static let onEvent = """
        SELECT a.* FROM operator_act_event t JOIN operator_act a ON a.id = t.act_id
         WHERE t.event_id = ? AND t.act_id < ? ORDER BY t.act_id DESC LIMIT ?
        """
}
