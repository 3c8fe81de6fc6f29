import Foundation
import GRDB
import Relay

/// What of an event is sealed or hashed, made before the writer is asked, so that nobody waits for it in the queue.
struct SealedEvent: Sendable {
    let body: StoredPayload
    let searchKeys: [StoredSearchKey]

    init(_ event: NewEvent, _ vault: any PayloadVault) {
        body = vault.seal(event.body, at: .body(digest: event.bodyDigest))
        searchKeys = event.searchKeys.flatMap { SearchKeys.rows(of: $0, vault) }
    }

    func write(of event: Int64, _ db: Database) throws {
        try Self.write(body, of: event, db)
        try SearchKeys.add(searchKeys, to: event, db)
    }

    static func write(_ body: StoredPayload, of event: Int64, _ db: Database) throws {
        try db.run(insertBody, [event, Data(body.bytes), body.key])
    }

    private static let insertBody = "INSERT INTO body (event_id, bytes, sealed_by) VALUES (?, ?, ?)"
}

/// A search key as it stands in the table: the value itself, or a keyed hash of it.
struct StoredSearchKey: Sendable, Equatable {
    let kind: String
    let token: Data
    let isHashed: Bool

    init(kind: String, value: String, _ vault: any PayloadVault) {
        let hash = vault.token(of: value, kind: kind)
        self.kind = kind
        token = Data(hash ?? Array(value.utf8))
        isHashed = hash != nil
    }

    /// All that a key may stand as, while older rows are not hashed yet.
    static func spellings(kind: String, value: String, _ vault: any PayloadVault) -> [Data] {
        let stored = StoredSearchKey(kind: kind, value: value, vault)
        return stored.isHashed ? [stored.token, Data(value.utf8)] : [stored.token]
    }
}

/// The near key of a link as it stands in the table. A person's is hashed, so that it is found, and kept sealed
/// besides, so that it can be shown.
struct StoredLinkKey: Sendable, Equatable {
    let key: String
    let sealed: StoredPayload?

    init(_ link: LinkKey, _ vault: any PayloadVault) {
        guard link.isPersonal, let token = vault.token(of: link.key, kind: link.kind) else {
            key = link.key
            sealed = nil
            return
        }
        key = "#" + token.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
        sealed = vault.seal(Array(link.key.utf8), at: .linkKey(kind: link.kind, scope: link.scope))
    }

    /// All that a key may stand as, while older rows are not hashed yet.
    static func spellings(of link: LinkKey, _ vault: any PayloadVault) -> [String] {
        let stored = StoredLinkKey(link, vault)
        return stored.sealed == nil ? [link.key] : [stored.key, link.key]
    }

    /// The key that a row of `link` stands for.
    /// - Throws: `Unreadable`.
    static func open(_ row: Row, _ vault: any PayloadVault) throws -> String {
        let (kind, scope): (String, String) = (row["kind"], row["scope"])
        guard let sealed = row.payload("sealed_key", by: "sealed_by"), sealed.key != nil else { return row["key"] }
        return String(
            decoding: try vault.open(sealed, at: .linkKey(kind: kind, scope: scope), of: "a \(kind)'s link"),
            as: UTF8.self)
    }
}
