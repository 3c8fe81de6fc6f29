import GRDB
import Relay

/// Finds events, newest first, along the index that fits the filter.
enum EventSearch {
    /// Events on one page, whatever is asked for.
    static let maxPage = 500

    static func run(_ filter: EventFilter, _ db: Database) throws -> [Int64] {
        let limit = min(max(filter.limit, 1), maxPage)
        var arguments: [String: (any DatabaseValueConvertible)?] = [
            "before": filter.before?.rawValue ?? .max, "limit": limit, "kind": filter.kind,
        ]
        switch (filter.state, filter.subject) {
        case (nil, nil):
            return try ids(newest, arguments, db)
        case (let state, let subject?):
            arguments.merge(["subject": subject, "state": state?.rawValue]) { $1 }
            return try ids(newestOfSubject, arguments, db)
        case (let state?, nil):
            arguments["state"] = state.rawValue
            let found = try db.rows(lanesInState, [state.rawValue]).flatMap { row in
                arguments["lane"] = row[0] as String
                return try ids(inState, arguments, db)
            }
            return Array(Set(found).sorted(by: >).prefix(limit))
        }
    }

    private static func ids(
        _ sql: String, _ arguments: [String: (any DatabaseValueConvertible)?], _ db: Database
    ) throws -> [Int64] {
        try db.rows(sql, StatementArguments(arguments)).map { $0[0] }
    }

    private static let newest = """
        SELECT id FROM event WHERE id < :before AND (:kind IS NULL OR kind = :kind) ORDER BY id DESC LIMIT :limit
        """
    static let newestOfSubject = """
        SELECT id FROM event
         WHERE subject = :subject AND id < :before AND (:kind IS NULL OR kind = :kind)
           AND (:state IS NULL OR EXISTS (SELECT 1 FROM delivery WHERE event_id = event.id AND state = :state))
         ORDER BY id DESC LIMIT :limit
        """
    static let lanesInState = "SELECT lane FROM lane_count WHERE state = ? AND count > 0"
    static let inState = """
        SELECT DISTINCT d.event_id FROM delivery d JOIN event e ON e.id = d.event_id
         WHERE d.lane = :lane AND d.state = :state AND d.event_id < :before AND (:kind IS NULL OR e.kind = :kind)
         ORDER BY d.event_id DESC LIMIT :limit
        """
}
