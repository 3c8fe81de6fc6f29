import GRDB
public import Relay

extension SQLiteStore: DestinationMemory {
    public func holds() async throws -> [DestinationHold] {
        try await read { db in
            try db.rows("SELECT * FROM destination_hold ORDER BY destination").map { row in
                DestinationHold(
                    destination: row["destination"], since: Timestamp(millisecondsSince1970: row["since_ms"]),
                    sinceUptime: .milliseconds(row["since_uptime_ms"] as Int64), boot: row["boot"],
                    wait: .milliseconds(row["wait_ms"] as Int64))
            }
        }
    }

    public func remember(_ hold: DestinationHold) async throws {
        try await committer.perform(.bookkeeping) { db in
            try db.run(
                "INSERT OR REPLACE INTO destination_hold VALUES (?, ?, ?, ?, ?)",
                [
                    hold.destination, hold.since.millisecondsSince1970, hold.sinceUptime.wholeMilliseconds, hold.boot,
                    hold.wait.wholeMilliseconds,
                ])
        }
    }
}
