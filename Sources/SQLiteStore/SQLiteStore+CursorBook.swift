import Foundation
import GRDB
public import Relay

extension SQLiteStore: CursorBook {
    public func cursor(of poller: String) async throws -> PollCursor? {
        try await read { db in
            try db.row("SELECT * FROM cursor WHERE name = ?", [poller]).map { row in
                PollCursor(
                    poller: row["name"], position: row["position"],
                    movedAt: Timestamp(millisecondsSince1970: row["moved_at_ms"]))
            }
        }
    }

    public func digests(of poller: String, keys: [String]) async throws -> [String: [UInt8]] {
        try await read { db in
            var digests: [String: [UInt8]] = [:]
            for key in keys {
                guard let row = try db.row(CursorRows.digest, [poller, key]) else { continue }
                digests[key] = [UInt8](row[0] as Data)
            }
            return digests
        }
    }

    public func append(_ events: [NewEvent], moving move: CursorMove) async throws -> [Receipt] {
        let sealed = events.map { ($0, SealedEvent($0, vault)) }
        return try await committer.perform(.append) { db in
            let receipts = try sealed.map { try Append.run($0, $1, db) }
            try CursorRows.put(move.cursor, db)
            let poller = move.cursor.poller
            for (key, digest) in move.digests {
                try db.run(
                    CursorRows.putDigest, [poller, key, Data(digest), move.seenAt.millisecondsSince1970])
            }
            if move.forgetsUnseen {
                try db.run(CursorRows.forgetUnseen, [poller, move.seenAt.millisecondsSince1970])
            }
            return receipts
        }
    }

    public func put(_ cursor: PollCursor, forgettingRows: Bool, act: OperatorAct) async throws {
        try await committer.perform(.bookkeeping) { db in
            try CursorRows.put(cursor, db)
            if forgettingRows { try db.run("DELETE FROM poll_digest WHERE poller = ?", [cursor.poller]) }
            try Acts.record(act, verb: "rewind", target: "poller \(cursor.poller)", db)
        }
    }
}

private enum CursorRows {
    static func put(_ cursor: PollCursor, _ db: Database) throws {
        try db.run(
            "INSERT OR REPLACE INTO cursor (name, position, moved_at_ms) VALUES (?, ?, ?)",
            [cursor.poller, cursor.position, cursor.movedAt.millisecondsSince1970])
    }

    static let digest = "SELECT digest FROM poll_digest WHERE poller = ? AND key = ?"
    static let putDigest = "INSERT OR REPLACE INTO poll_digest (poller, key, digest, seen_at_ms) VALUES (?, ?, ?, ?)"
    static let forgetUnseen = "DELETE FROM poll_digest WHERE poller = ? AND seen_at_ms < ?"
}
