import Foundation
import GRDB
public import Relay

extension SQLiteStore: LinkLookup {
    public func value(of key: LinkKey) async throws -> String? {
        try await read { [vault] in try Links.value(of: key, vault, $0) }
    }

    public func fingerprint(of key: LinkKey) async throws -> [UInt8]? {
        try await read { [vault] db in
            for spelling in StoredLinkKey.spellings(of: key, vault) {
                guard let row = try db.row(Links.fingerprint, [key.kind, key.scope, spelling]) else { continue }
                return [UInt8](row[0] as Data)
            }
            return nil
        }
    }

    /// The oldest one, where several near keys share a far one.
    public func key(kind: String, scope: String, value: String) async throws -> String? {
        try await read { [vault] db in
            try db.row(Links.key, [kind, scope, value]).map { try StoredLinkKey.open($0, vault) }
        }
    }
}

enum Links {
    static func value(of key: LinkKey, _ vault: any PayloadVault, _ db: Database) throws -> String? {
        for spelling in StoredLinkKey.spellings(of: key, vault) {
            if let row = try db.row(value, [key.kind, key.scope, spelling]) { return row[0] }
        }
        return nil
    }

    static func write(
        _ link: Link, _ vault: any PayloadVault, by delivery: Int64, at moment: Int64, _ db: Database
    ) throws {
        let key = StoredLinkKey(link.key, vault)
        try db.run(
            writeLink,
            [
                link.key.kind, link.key.scope, key.key, link.value, delivery, moment,
                key.sealed.map { Data($0.bytes) }, key.sealed?.key,
            ])
    }

    static func write(
        _ fingerprint: Fingerprint, _ vault: any PayloadVault, at moment: Int64, _ db: Database
    ) throws {
        let (link, key) = (fingerprint.key, StoredLinkKey(fingerprint.key, vault).key)
        try db.run(writeFingerprint, [link.kind, link.scope, key, Data(fingerprint.digest), moment])
    }

    private static let value = "SELECT value FROM link WHERE kind = ? AND scope = ? AND key = ?"
    static let key = """
        SELECT * FROM link WHERE kind = ? AND scope = ? AND value = ? ORDER BY written_at_ms, key LIMIT 1
        """
    static let fingerprint = "SELECT digest FROM fingerprint WHERE kind = ? AND scope = ? AND key = ?"
    private static let writeFingerprint = """
        INSERT INTO fingerprint (kind, scope, key, digest, sent_at_ms) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (kind, scope, key) DO UPDATE SET digest = excluded.digest, sent_at_ms = excluded.sent_at_ms
        """
    private static let writeLink = """
        INSERT INTO link (kind, scope, key, value, delivery_id, written_at_ms, sealed_key, sealed_by)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (kind, scope, key) DO NOTHING
        """
    static let ofDelivery =
        "SELECT * FROM link WHERE delivery_id = ? ORDER BY written_at_ms, key"
}
