import GRDB
public import Relay

extension SQLiteStore: LaneControls {
    public func pauses() async throws -> [LanePause] {
        try await read { db in
            try db.rows("SELECT * FROM lane_pause ORDER BY lane").map { row in
                LanePause(
                    lane: row["lane"], since: Timestamp(millisecondsSince1970: row["since_ms"]),
                    until: row.moment("until_ms"), by: row["by"], why: row["why"])
            }
        }
    }

    public func pause(_ pause: LanePause) async throws {
        try await committer.perform(.bookkeeping) { db in
            try db.run(
                "INSERT OR REPLACE INTO lane_pause (lane, since_ms, until_ms, by, why) VALUES (?, ?, ?, ?, ?)",
                [
                    pause.lane, pause.since.millisecondsSince1970, pause.until?.millisecondsSince1970, pause.by,
                    pause.why,
                ])
            let act = OperatorAct(by: pause.by, why: pause.why, at: pause.since)
            try Acts.record(act, verb: "pause", target: "lane \(pause.lane)", db)
        }
    }

    @discardableResult
    public func resume(_ lane: String, act: OperatorAct) async throws -> Bool {
        try await committer.perform(.bookkeeping) { db in
            try db.run("DELETE FROM lane_pause WHERE lane = ?", [lane])
            guard db.changesCount > 0 else { return false }
            try Acts.record(act, verb: "resume", target: "lane \(lane)", db)
            return true
        }
    }
}
