import Foundation
import GRDB
public import Relay

extension SQLiteStore: AlertMemory {
    public func alerts() async throws -> [RememberedAlert] {
        try await read { db in
            try db.rows("SELECT * FROM alert ORDER BY cause").map { row in
                RememberedAlert(
                    cause: row["cause"], since: Timestamp(millisecondsSince1970: row["since_ms"]),
                    detail: [UInt8](row["detail"] as Data))
            }
        }
    }

    public func remember(_ alert: RememberedAlert) async throws {
        try await committer.perform(.bookkeeping) { db in
            try db.run(
                "INSERT OR REPLACE INTO alert (cause, since_ms, detail) VALUES (?, ?, ?)",
                [alert.cause, alert.since.millisecondsSince1970, Data(alert.detail)])
        }
    }

    public func forget(cause: String) async throws {
        try await committer.perform(.bookkeeping) { try $0.run("DELETE FROM alert WHERE cause = ?", [cause]) }
    }
}
