import GRDB
import Relay

/// Follows a business key from event to event: by the subject, and by the numbers of orders and invoices that they
/// share. Not by customer, or one order would bring all others.
enum Trace {
    /// Events in one answer, whatever is asked for.
    static let maxEvents = 200

    static func run(_ key: SearchKey, limit: Int, _ vault: any PayloadVault, _ db: Database) throws -> [EventDetail] {
        let limit = min(max(limit, 1), maxEvents)
        var found: Set<Int64> = []
        var next = try SearchKeys.events(key, limit: limit, vault, db)
        // `order 000000042`: the subject is the number in Commerce's own words.
        next += try ids(ofSubject, ["\(key.kind.rawValue) \(key.value)", limit], db)
        while let event = next.popLast(), found.count < limit {
            guard found.insert(event).inserted else { continue }
            next += try ids(withSameSubject, [event, limit], db)
            next += try ids(withSameNumber, [event, limit], db)
        }
        return try found.sorted().compactMap { try EventRows.detail(EventID($0), vault, db) }
    }

    private static func ids(_ sql: String, _ arguments: StatementArguments, _ db: Database) throws -> [Int64] {
        try db.rows(sql, arguments).map { $0[0] }
    }

    static let ofSubject = "SELECT id FROM event WHERE subject = ? ORDER BY id DESC LIMIT ?"
    static let withSameSubject = """
        SELECT e.id FROM event e WHERE e.subject = (SELECT subject FROM event WHERE id = ?) ORDER BY e.id DESC LIMIT ?
        """
    static let withSameNumber = """
        SELECT other.event_id FROM search_key own
               JOIN search_key other ON other.kind = own.kind AND other.token = own.token
         WHERE own.event_id = ? AND own.kind IN ('order', 'invoice') LIMIT ?
        """
}
