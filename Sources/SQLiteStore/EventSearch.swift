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
            "since": filter.since?.millisecondsSince1970,
        ]
        guard filter.subject != nil || filter.asksForDeliveries else { return try ids(newest, arguments, db) }
        arguments.merge(["flow": filter.flow, "reason": filter.reasonCode]) { $1 }
        if let subject = filter.subject {
            arguments.merge([
                "subject": subject, "state": filter.state?.rawValue, "lane": filter.lane,
                "any": !filter.asksForDeliveries,
            ]) { $1 }
            return try ids(newestOfSubject, arguments, db)
        }
        let found = try db.rows(occupied).flatMap { row -> [Int64] in
            let (lane, state): (String, String) = (row[0], row[1])
            guard filter.allows(lane: lane, state: state) else { return [] }
            arguments.merge(["lane": lane, "state": state]) { $1 }
            return try ids(inState, arguments, db)
        }
        return Array(Set(found).sorted(by: >).prefix(limit))
    }

    private static func ids(
        _ sql: String, _ arguments: [String: (any DatabaseValueConvertible)?], _ db: Database
    ) throws -> [Int64] {
        try db.rows(sql, StatementArguments(arguments)).map { $0[0] }
    }

    private static let newest = """
        SELECT id FROM event
         WHERE id < :before AND (:kind IS NULL OR kind = :kind) AND (:since IS NULL OR received_at_ms >= :since)
         ORDER BY id DESC LIMIT :limit
        """
    static let newestOfSubject = """
        SELECT id FROM event
         WHERE subject = :subject AND id < :before AND (:kind IS NULL OR kind = :kind)
           AND (:since IS NULL OR received_at_ms >= :since)
           AND (:any OR EXISTS (
                SELECT 1 FROM delivery
                 WHERE event_id = event.id AND (:state IS NULL OR state = :state)
                   AND (:flow IS NULL OR flow = :flow) AND (:lane IS NULL OR lane = :lane)
                   AND (:reason IS NULL OR reason_code = :reason)))
         ORDER BY id DESC LIMIT :limit
        """
    static let lanesInState = "SELECT lane FROM lane_count WHERE state = ? AND count > 0"
    private static let occupied = "SELECT lane, state FROM lane_count WHERE count > 0"
    static let inState = """
        SELECT DISTINCT d.event_id FROM delivery d JOIN event e ON e.id = d.event_id
         WHERE d.lane = :lane AND d.state = :state AND d.event_id < :before AND (:kind IS NULL OR e.kind = :kind)
           AND (:since IS NULL OR e.received_at_ms >= :since)
           AND (:flow IS NULL OR d.flow = :flow) AND (:reason IS NULL OR d.reason_code = :reason)
         ORDER BY d.event_id DESC LIMIT :limit
        """
}

extension EventFilter {
    fileprivate var asksForDeliveries: Bool { state != nil || flow != nil || lane != nil || reasonCode != nil }

    fileprivate func allows(lane: String, state: String) -> Bool {
        // What is done has no reason, and is most of what there is.
        let needsReason = reasonCode != nil && self.state == nil
        return (self.lane ?? lane) == lane && (self.state?.rawValue ?? state) == state
            && !(needsReason && state == DeliveryState.done.rawValue)
    }
}
