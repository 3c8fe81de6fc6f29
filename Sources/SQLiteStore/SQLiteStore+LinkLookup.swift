import Foundation
import GRDB
public import Relay

extension SQLiteStore: LinkLookup {
    public func value(of key: LinkKey) async throws -> String? {
        try await read { try Links.value(of: key, $0) }
    }

    public func fingerprint(of key: LinkKey) async throws -> [UInt8]? {
        try await read { db in
            try db.row(Links.fingerprint, [key.kind, key.scope, key.key]).map { [UInt8]($0[0] as Data) }
        }
    }

    /// The oldest one, where several near keys share a far one.
    public func key(kind: String, scope: String, value: String) async throws -> String? {
        try await read { try $0.row(Links.key, [kind, scope, value])?[0] }
    }
}

enum Links {
    static func value(of key: LinkKey, _ db: Database) throws -> String? {
        try db.row(value, [key.kind, key.scope, key.key])?[0]
    }

    private static let value = "SELECT value FROM link WHERE kind = ? AND scope = ? AND key = ?"
    static let key = """
        SELECT key FROM link WHERE kind = ? AND scope = ? AND value = ? ORDER BY written_at_ms, key LIMIT 1
        """
    static let fingerprint = "SELECT digest FROM fingerprint WHERE kind = ? AND scope = ? AND key = ?"
    static let writeFingerprint = """
        INSERT INTO fingerprint (kind, scope, key, digest, sent_at_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (kind, scope, key) DO UPDATE SET digest = excluded.digest, sent_at_ms = excluded.sent_at_ms
        """
    static let write = """
        INSERT INTO link (kind, scope, key, value, delivery_id, written_at_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, scope, key) DO NOTHING
        """
    static let ofDelivery =
        "SELECT kind, scope, key, value FROM link WHERE delivery_id = ? ORDER BY written_at_ms, key"
}
