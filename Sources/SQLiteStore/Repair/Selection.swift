import GRDB
import Relay

/// Finds the deliveries that a person means, along the index that fits. Works on a reader, so that it may take its
/// time; the change itself names each delivery as it was seen here, and passes over what has moved on.
struct Selection: Sendable {
    private let wanted: EventSelection
    private let states: [DeliveryState]

    /// - Parameter possible: The states that the change can be made in.
    init(_ wanted: EventSelection, possible: Set<DeliveryState>) {
        self.wanted = wanted
        let meant = wanted.states.isEmpty ? possible : wanted.states.intersection(possible)
        states = DeliveryState.allCases.filter(meant.contains)
    }

    /// Events in one page, whatever is asked for.
    static let maxPage = 500

    struct Seen: Sendable {
        var id: Int64
        var event: EventID
        var subject: String
        var state: DeliveryState
        var attempt: Int
    }

    struct Page: Sendable {
        var deliveries: [Seen]
        var next: EventID?
    }

    /// - Parameter limit: Events.
    func page(after: EventID?, limit: Int, _ db: Database) throws -> Page {
        let limit = min(max(limit, 1), Self.maxPage)
        let events = try events(after: after?.rawValue ?? 0, limit: limit, db)
        return Page(
            deliveries: try events.flatMap { try deliveries(of: $0, db) },
            next: events.count < limit ? nil : events.last.map { EventID($0) })
    }

    func count(_ db: Database) throws -> SelectionCount {
        var count = SelectionCount(events: 0, deliveries: [:])
        for look in try looks(db) {
            let found: Int = try db.row(look.sql.count, StatementArguments(look.arguments(after: 0)))?[0] ?? 0
            if found > 0 { count.deliveries[look.state, default: 0] += found }
        }
        // Page by page, since an event with several deliveries counts once.
        var after: Int64 = 0
        while true {
            let page = try events(after: after, limit: Self.countPage, db)
            count.events += page.count
            guard page.count == Self.countPage, let last = page.last else { return count }
            after = last
        }
    }

    private static let countPage = 5_000

    private func events(after: Int64, limit: Int, _ db: Database) throws -> [Int64] {
        let found = try looks(db).flatMap { look -> [Int64] in
            var arguments = look.arguments(after: after)
            arguments["limit"] = limit
            return try db.rows(look.sql.events, StatementArguments(arguments)).map { $0[0] }
        }
        return Array(Set(found).sorted().prefix(limit))
    }

    private func deliveries(of event: Int64, _ db: Database) throws -> [Seen] {
        var arguments = filter
        arguments["event"] = event
        return try db.rows(SelectionSQL.deliveries, StatementArguments(arguments)).compactMap { row in
            guard let state = DeliveryState(rawValue: row["state"]), states.contains(state) else { return nil }
            return Seen(
                id: row["id"], event: EventID(event), subject: row["subject"], state: state, attempt: row["attempt"])
        }
    }

    /// One walk along an index for each state, and for each lane that has it where no narrower index fits.
    private func looks(_ db: Database) throws -> [Look] {
        try states.flatMap { state -> [Look] in
            var arguments = filter
            arguments["state"] = state.rawValue
            if wanted.event != nil { return [Look(state: state, sql: .ofEvent, filter: arguments)] }
            if wanted.subject != nil { return [Look(state: state, sql: .ofSubject, filter: arguments)] }
            let lanes: [String] =
                try wanted.lane.map { [$0] } ?? db.rows(EventSearch.lanesInState, [state.rawValue]).map { $0[0] }
            return lanes.map { lane in
                arguments["lane"] = lane
                return Look(state: state, sql: .inLane, filter: arguments)
            }
        }
    }

    private struct Look {
        var state: DeliveryState
        var sql: SelectionSQL
        var filter: [String: (any DatabaseValueConvertible)?]

        func arguments(after: Int64) -> [String: (any DatabaseValueConvertible)?] {
            filter.merging(["after": after]) { $1 }
        }
    }

    private var filter: [String: (any DatabaseValueConvertible)?] {
        [
            "event": wanted.event?.rawValue, "flow": wanted.flow, "lane": wanted.lane, "source": wanted.source,
            "kind": wanted.kind, "subject": wanted.subject, "reason": wanted.reasonCode,
            "since": wanted.since?.millisecondsSince1970, "until": wanted.until?.millisecondsSince1970,
        ]
    }
}

/// The statements of a selection, one pair for each index.
struct SelectionSQL: Sendable {
    var events: String
    var count: String

    static let inLane = SelectionSQL(
        from: "delivery d JOIN event e ON e.id = d.event_id",
        where: "d.lane = :lane AND d.state = :state AND d.event_id > :after", by: "d.event_id")
    static let ofSubject = SelectionSQL(
        from: "event e JOIN delivery d ON d.event_id = e.id",
        where: "e.subject = :subject AND d.state = :state AND e.id > :after", by: "e.id")
    static let ofEvent = SelectionSQL(
        from: "event e JOIN delivery d ON d.event_id = e.id",
        where: "e.id = :event AND d.state = :state AND e.id > :after", by: "e.id")

    private init(from tables: String, where narrow: String, by event: String) {
        events = """
            SELECT DISTINCT \(event) FROM \(tables) WHERE \(narrow) AND \(Self.filter) ORDER BY \(event) LIMIT :limit
            """
        count = "SELECT count(*) FROM \(tables) WHERE \(narrow) AND \(Self.filter)"
    }

    static let deliveries = """
        SELECT d.id, d.subject, d.state, d.attempt FROM delivery d JOIN event e ON e.id = d.event_id
         WHERE d.event_id = :event AND \(filter) ORDER BY d.id
        """

    private static let filter = """
        (:flow IS NULL OR d.flow = :flow) AND (:lane IS NULL OR d.lane = :lane)
        AND (:reason IS NULL OR d.reason_code = :reason)
        AND (:source IS NULL OR e.source = :source) AND (:kind IS NULL OR e.kind = :kind)
        AND (:subject IS NULL OR e.subject = :subject)
        AND (:since IS NULL OR e.received_at_ms >= :since) AND (:until IS NULL OR e.received_at_ms < :until)
        """
}
