import Foundation
import GRDB
import Relay

/// What people look for events by.
///
/// The key of a legal entity stands twice: with its entity, which tells one record from all others, and without, which
/// is what a person types. Only the first kind leads from one event to the next.
enum SearchKeys {
    static func add(_ key: SearchKey, to event: Int64, _ db: Database) throws {
        for row in rows(of: key) { try db.run(insert, [row.kind, row.token, event]) }
    }

    /// A link's far key, such as the sales order's number, finds the event that led to it.
    static func add(_ link: Link, by delivery: Int64, _ db: Database) throws {
        guard let kind = SearchKey.Kind(rawValue: link.key.kind) else { return }
        for row in rows(of: SearchKey(kind, link.value, in: link.key.scope)) {
            try db.run(insertForDelivery, [row.kind, row.token, delivery])
        }
    }

    /// Events with this key, newest first.
    static func events(_ key: SearchKey, limit: Int, _ db: Database) throws -> [Int64] {
        var found = try db.rows(find, [key.kind.rawValue, token(key), limit])
        if key.scope == nil { found += try db.rows(find, [anyEntity(key.kind), token(key), limit]) }
        return found.map { $0[0] }
    }

    private static func rows(of key: SearchKey) -> [(kind: String, token: Data)] {
        guard key.scope != nil else { return [(key.kind.rawValue, token(key))] }
        return [
            (key.kind.rawValue, token(key)),
            (anyEntity(key.kind), token(SearchKey(key.kind, key.value))),
        ]
    }

    private static func token(_ key: SearchKey) -> Data {
        Data((key.scope.map { "\($0)/\(key.value)" } ?? key.value).utf8)
    }

    private static func anyEntity(_ kind: SearchKey.Kind) -> String { "\(kind.rawValue), any entity" }

    private static let insert =
        "INSERT INTO search_key (kind, token, event_id) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
    private static let insertForDelivery = """
        INSERT INTO search_key (kind, token, event_id) SELECT ?, ?, event_id FROM delivery WHERE id = ?
            ON CONFLICT DO NOTHING
        """
    static let find = """
        SELECT event_id FROM search_key WHERE kind = ? AND token = ? ORDER BY event_id DESC LIMIT ?
        """
}
