import GRDB
import Relay

/// The state of the lanes, in a few index steps for each, however many deliveries there are.
enum LaneRows {
    static func overviews(_ db: Database) throws -> [LaneOverview] {
        var counts: [String: [String: Int]] = [:]
        for row in try db.rows("SELECT lane, state, count FROM lane_count") where row["count"] > 0 {
            counts[row["lane"], default: [:]][row["state"]] = row["count"]
        }
        return try counts.keys.sorted().map { lane in
            let news = try db.row("SELECT * FROM lane_news WHERE lane = ?", [lane])
            return LaneOverview(
                lane: lane, counts: counts[lane] ?? [:],
                oldestWaitingSince: try oldest(lane, db).map(Timestamp.init(millisecondsSince1970:)),
                lastDoneAt: news?.moment("last_done_at_ms"), lastFailureAt: news?.moment("last_failure_at_ms"),
                lastFailure: news?.reason)
        }
    }

    /// The first in order of arrival, which is that of reception but for the time an append waits.
    private static func oldest(_ lane: String, _ db: Database) throws -> Int64? {
        let firsts = try ["ready", "running", "waiting"].compactMap { state -> Int64? in
            try db.row(first, [lane, state])?[0]
        }
        guard let event = firsts.min() else { return nil }
        return try db.row("SELECT received_at_ms FROM event WHERE id = ?", [event])?[0]
    }

    static let first = """
        SELECT event_id FROM delivery WHERE lane = ? AND state = ? ORDER BY event_id LIMIT 1
        """
}

extension Row {
    func moment(_ column: String) -> Timestamp? {
        (self[column] as Int64?).map(Timestamp.init(millisecondsSince1970:))
    }

    var reason: Reason? {
        guard let code: String = self["reason_code"], let message: String = self["reason_message"] else { return nil }
        return Reason(code: code, message: message, advice: self["reason_advice"])
    }
}
