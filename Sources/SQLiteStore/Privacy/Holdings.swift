import Foundation
import GRDB
import Relay

/// What the store holds of a person.
struct Holdings: Sendable {
    struct LinkRow: Sendable, Hashable {
        var kind: String
        var scope: String
        /// As it stands in the table.
        var key: String
    }

    var events: Set<Int64> = []
    var links: Set<LinkRow> = []
    /// The person's e-mail addresses.
    var needles: [Needle] = []

    /// Rows read in one look, so that no look keeps the log from being folded back for long.
    static let page = 200
}

/// Finds a person by search keys and links first, then by reading every body, exchange, edit, result and key: nothing
/// says that a platform names a person only where it is looked for.
enum HoldingsSearch {
    static func run(for subject: SearchKey, _ store: SQLiteStore) async throws -> Holdings {
        let vault = store.vault
        var holdings = try await store.read { try known(subject, vault, $0) }
        for table in Table.allCases {
            var last: Int64? = 0
            while let after = last {
                try Task.checkCancellation()
                let (needles, rows) = (holdings.needles, try await store.read { try table.rows(after: after, $0) })
                for row in rows where row.isFound(needles, vault) { holdings.events.insert(row.event) }
                last = rows.count == Holdings.page ? rows.last?.id : nil
            }
        }
        let found = holdings.events
        // Other events of the same business record tell of the same person, with or without an address.
        holdings.events = try await store.read { try sameSubjects(found, $0) }
        return holdings
    }

    private static func known(_ subject: SearchKey, _ vault: any PayloadVault, _ db: Database) throws -> Holdings {
        var holdings = Holdings()
        holdings.needles = [Needle(subject)].compactMap { $0 }
        var subjects = [subject]
        for row in try db.rows("SELECT * FROM link WHERE kind = 'customer'") {
            let key = LinkKey(kind: row["kind"], scope: row["scope"], key: subject.value)
            // One that cannot be opened is still known by its hash.
            let email = SearchKey(.email, (try? StoredLinkKey.open(row, vault)) ?? row["key"])
            let isMeant =
                subject.kind == .email
                ? email == subject || StoredLinkKey.spellings(of: key, vault).contains(row["key"])
                : SearchKey(subject.kind, row["value"]) == subject
            guard isMeant else { continue }
            holdings.links.insert(
                Holdings.LinkRow(kind: row["kind"], scope: row["scope"], key: row["key"]))
            if subject.kind != .email, let needle = Needle(email) {
                holdings.needles.append(needle)
                subjects.append(email)
            }
            if let delivery: Int64 = row["delivery_id"],
                let event: Int64 = try db.row("SELECT event_id FROM delivery WHERE id = ?", [delivery])?[0]
            {
                holdings.events.insert(event)
            }
        }
        for subject in subjects {
            holdings.events.formUnion(try SearchKeys.events(subject, limit: .max, vault, db))
        }
        return holdings
    }

    private static func sameSubjects(_ events: Set<Int64>, _ db: Database) throws -> Set<Int64> {
        var all = events
        for event in events {
            all.formUnion(try db.rows(ofSameSubject, [event]).map { $0[0] as Int64 })
        }
        return all
    }

    private static let ofSameSubject = """
        SELECT id FROM event WHERE subject = (SELECT subject FROM event WHERE id = ?)
        """
}

extension HoldingsSearch {
    /// What is read through.
    enum Table: CaseIterable {
        case events, deliveries, attempts, steps

        /// A row with all of its text.
        struct Row {
            var id: Int64
            var event: Int64
            var words: [String]
            var payloads: [(StoredPayload, PayloadPlace)]

            /// What cannot be opened cannot be read by anybody else either.
            func isFound(_ needles: [Needle], _ vault: any PayloadVault) -> Bool {
                needles.contains { needle in
                    words.contains(where: needle.isFound)
                        || payloads.contains { payload, place in
                            (try? vault.open(payload, at: place)).map(needle.isFound) ?? false
                        }
                }
            }
        }

        func rows(after id: Int64, _ db: Database) throws -> [Row] {
            try db.rows(sql, [id, Holdings.page]).map { row in
                let words = Self.texts.compactMap { row.hasColumn($0) ? row[$0] as String? : nil }
                return Row(id: row["id"], event: row["event_id"], words: words, payloads: payloads(row))
            }
        }

        private func payloads(_ row: GRDB.Row) -> [(StoredPayload, PayloadPlace)] {
            switch self {
            case .events:
                let digest = [UInt8](row["body_digest"] as Data)
                return [
                    row.payload("bytes", by: "sealed_by").map { ($0, .body(digest: digest)) },
                    row.payload("patches", by: "patches_sealed_by").map { ($0, .patches(digest: digest)) },
                ].compactMap { $0 }
            case .attempts:
                let place = PayloadPlace.exchanges(DeliveryID(row["delivery_id"]), attempt: row["attempt"])
                return row.payload("sealed_exchanges", by: "sealed_by").map { [($0, place)] } ?? []
            case .deliveries, .steps: return []
            }
        }

        private static let texts = [
            "subject", "dedup_key", "summary", "reason_message", "reason_advice", "exchanges", "result",
        ]

        private var sql: String {
            switch self {
            case .events:
                """
                SELECT e.id, e.id AS event_id, e.subject, e.dedup_key, e.body_digest, e.patches, e.patches_sealed_by,
                       b.bytes, b.sealed_by
                  FROM event e LEFT JOIN body b ON b.event_id = e.id WHERE e.id > ? ORDER BY e.id LIMIT ?
                """
            case .deliveries:
                """
                SELECT id, event_id, summary, reason_message, reason_advice
                  FROM delivery WHERE id > ? ORDER BY id LIMIT ?
                """
            case .attempts:
                """
                SELECT a.id, d.event_id, a.delivery_id, a.attempt, a.exchanges, a.sealed_exchanges, a.sealed_by,
                       a.reason_message, a.reason_advice
                  FROM attempt a CROSS JOIN delivery d ON d.id = a.delivery_id WHERE a.id > ? ORDER BY a.id LIMIT ?
                """
            case .steps:
                """
                SELECT s.id, d.event_id, CAST(s.result AS TEXT) AS result
                  FROM step s CROSS JOIN delivery d ON d.id = s.delivery_id WHERE s.id > ? ORDER BY s.id LIMIT ?
                """
            }
        }
    }
}
