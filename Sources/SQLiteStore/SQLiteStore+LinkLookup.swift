import GRDB
public import Relay

extension SQLiteStore: LinkLookup {
    public func value(of key: LinkKey) async throws -> String? {
        try await read { try Links.value(of: key, $0) }
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
    static let write = """
        INSERT INTO link (kind, scope, key, value, delivery_id, written_at_ms) VALUES (?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, scope, key) DO NOTHING
        """
    static let ofDelivery =
        "SELECT kind, scope, key, value FROM link WHERE delivery_id = ? ORDER BY written_at_ms, key"
}
