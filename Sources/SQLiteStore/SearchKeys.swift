import Foundation
import GRDB
import Relay

/// What people look for events by.
///
/// The key of a legal entity stands twice: with its entity, which tells one record from all others, and without, which
/// is what a person types. Only the first kind leads from one event to the next.
enum SearchKeys {
    static func add(_ keys: [StoredSearchKey], to event: Int64, _ db: Database) throws {
        for key in keys { try db.run(insert, [key.kind, key.token, event, key.isHashed]) }
    }

    /// A link's far key, such as the sales order's number, finds the event that led to it.
    static func add(_ link: Link, by delivery: Int64, _ vault: any PayloadVault, _ db: Database) throws {
        guard let kind = SearchKey.Kind(rawValue: link.key.kind) else { return }
        for key in rows(of: SearchKey(kind, link.value, in: link.key.scope), vault) {
            try db.run(insertForDelivery, [key.kind, key.token, key.isHashed, delivery])
        }
    }

    /// Events with this key, newest first.
    static func events(
        _ key: SearchKey, limit: Int, _ vault: any PayloadVault, _ db: Database
    ) throws -> [Int64] {
        let kinds = [key.kind.rawValue] + (key.scope == nil ? [anyEntity(key.kind)] : [])
        let found = try kinds.flatMap { kind in
            // Rows of before encryption was turned on may not be hashed yet.
            try StoredSearchKey.spellings(kind: kind, value: value(key), vault).flatMap { token in
                try db.rows(find, [kind, token, limit])
            }
        }
        return found.map { $0[0] }
    }

    static func rows(of key: SearchKey, _ vault: any PayloadVault) -> [StoredSearchKey] {
        let own = StoredSearchKey(kind: key.kind.rawValue, value: value(key), vault)
        guard key.scope != nil else { return [own] }
        return [own, StoredSearchKey(kind: anyEntity(key.kind), value: key.value, vault)]
    }

    private static func value(_ key: SearchKey) -> String {
        key.scope.map { "\($0)/\(key.value)" } ?? key.value
    }

    private static func anyEntity(_ kind: SearchKey.Kind) -> String { "\(kind.rawValue), any entity" }

    private static let insert =
        "INSERT INTO search_key (kind, token, event_id, is_hashed) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING"
    private static let insertForDelivery = """
        INSERT INTO search_key (kind, token, is_hashed, event_id) SELECT ?, ?, ?, event_id FROM delivery WHERE id = ?
            ON CONFLICT DO NOTHING
        """
    static let find = """
        SELECT event_id FROM search_key WHERE kind = ? AND token = ? ORDER BY event_id DESC LIMIT ?
        """
}
