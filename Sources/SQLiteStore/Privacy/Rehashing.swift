import Foundation
import GRDB
import Relay

/// Hashes search keys and keys of links that stand there in clear text, and seals link keys with the newest key. In the writer's queue: these rows are small and few.
enum Rehashing {
    /// A search key in clear text.
    struct PlainKey: Sendable {
        var kind: String
        var token: Data
        var event: Int64
    }

    static func searchKeys(from event: Int64, limit: Int, _ db: Database) throws -> [PlainKey] {
        try db.rows(plainSearchKeys, [event, limit]).map {
            PlainKey(kind: $0["kind"], token: $0["token"], event: $0["event_id"])
        }
    }

    static func hash(_ keys: [PlainKey], _ vault: any PayloadVault, _ db: Database) throws {
        for key in keys {
            let value = String(decoding: key.token, as: UTF8.self)
            try db.run(dropSearchKey, [key.kind, key.token, key.event])
            // Erased meanwhile: it stays away.
            guard db.changesCount > 0 else { continue }
            try db.run(
                addSearchKey, [key.kind, StoredSearchKey(kind: key.kind, value: value, vault).token, key.event])
        }
    }

    /// - Returns: How many were changed, and what of those that were looked at cannot be opened.
    static func links(
        _ vault: any PayloadVault, skipping: Int64, limit: Int, _ db: Database
    ) throws -> (changed: Int, unreadable: [String]) {
        var changed = 0
        var unreadable: [String] = []
        for row in try db.rows(oldLinks, [vault.sealingKey, limit, skipping]) {
            let plain: String
            do {
                plain = try StoredLinkKey.open(row, vault)
            } catch {
                // It is found by its hash as before.
                unreadable.append("\(error)")
                continue
            }
            let (kind, scope, key): (String, String, String) = (row["kind"], row["scope"], row["key"])
            let new = StoredLinkKey(LinkKey(kind: kind, scope: scope, key: plain), vault)
            if new.key != key {
                // Written again meanwhile: the newer one is sealed already.
                try db.run(dropDoubled, [kind, scope, key, kind, scope, new.key])
                changed += db.changesCount
                if db.changesCount > 0 { continue }
            }
            try db.run(
                sealLink, [new.key, new.sealed.map { Data($0.bytes) }, new.sealed?.key, kind, scope, key])
            changed += 1
        }
        return (changed, unreadable)
    }

    static func fingerprints(_ vault: any PayloadVault, limit: Int, _ db: Database) throws -> Int {
        let rows = try db.rows(plainFingerprints, [limit])
        for row in rows {
            let (kind, scope, key): (String, String, String) = (row["kind"], row["scope"], row["key"])
            let new = StoredLinkKey(LinkKey(kind: kind, scope: scope, key: key), vault)
            try db.run(hashFingerprint, [new.key, kind, scope, key])
            if db.changesCount == 0 {
                try db.run("DELETE FROM fingerprint WHERE kind = ? AND scope = ? AND key = ?", [kind, scope, key])
            }
        }
        return rows.count
    }

    static let plainSearchKeys = """
        SELECT kind, token, event_id FROM search_key WHERE event_id >= ? AND is_hashed = 0 ORDER BY event_id LIMIT ?
        """
    private static let dropSearchKey = "DELETE FROM search_key WHERE kind = ? AND token = ? AND event_id = ?"
    private static let addSearchKey =
        "INSERT OR IGNORE INTO search_key (kind, token, event_id, is_hashed) VALUES (?, ?, ?, 1)"
    private static let oldLinks = "SELECT * FROM link WHERE kind = 'customer' AND sealed_by IS NOT ? LIMIT ? OFFSET ?"
    private static let dropDoubled = """
        DELETE FROM link WHERE kind = ? AND scope = ? AND key = ?
           AND EXISTS (SELECT 1 FROM link l WHERE l.kind = ? AND l.scope = ? AND l.key = ?)
        """
    private static let sealLink = """
        UPDATE link SET key = ?, sealed_key = ?, sealed_by = ? WHERE kind = ? AND scope = ? AND key = ?
        """
    private static let plainFingerprints =
        "SELECT kind, scope, key FROM fingerprint WHERE kind = 'customer' AND key NOT GLOB '#*' LIMIT ?"
    private static let hashFingerprint =
        "UPDATE OR IGNORE fingerprint SET key = ? WHERE kind = ? AND scope = ? AND key = ?"
}
