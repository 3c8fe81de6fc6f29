import GRDB
import Relay

/// What a person may do to deliveries. Each is named as it was seen; those that have moved on since, and above all
/// those that run, are left alone: they are somebody else's.
enum Intervention {
    static let replayable = states { $0.after(.replayed) != nil }
    static let skippable = states { $0 != .running && $0.after(.skipped) != nil }

    private static func states(_ isMeant: (DeliveryState) -> Bool) -> Set<DeliveryState> {
        Set(DeliveryState.allCases.filter(isMeant))
    }

    /// A replayed delivery takes the place that its arrival gives it.
    static func replay(
        _ seen: [Selection.Seen], isBulk: Bool, act: OperatorAct, _ db: Database
    ) throws -> [DeliveryID] {
        let changed = try change(seen, db) { delivery in
            try db.run(restart, [act.at.millisecondsSince1970, isBulk] + delivery.fence)
        }
        if isBulk { for subject in Set(changed.map(\.subject)) { try hurryIfLive(subject, db) } }
        return try conclude(changed, act, verb: "replay", db)
    }

    /// A skipped head leaves its place to the next.
    static func skip(
        _ seen: [Selection.Seen], _ reason: Reason, act: OperatorAct, _ db: Database
    ) throws -> [DeliveryID] {
        let changed = try change(seen, db) { delivery in
            try db.run(
                skip,
                [act.at.millisecondsSince1970, reason.code, reason.message, reason.advice] + delivery.fence)
        }
        return try conclude(changed, act, verb: "skip", db)
    }

    private static func change(
        _ seen: [Selection.Seen], _ db: Database, _ update: (Selection.Seen) throws -> Void
    ) throws -> [Selection.Seen] {
        let changed = try seen.filter { delivery in
            try update(delivery)
            return db.changesCount == 1
        }
        for subject in Set(changed.map(\.subject)) { try SubjectHeads.elect(subject, db) }
        return changed
    }

    /// Live work does not wait behind bulk work.
    private static func hurryIfLive(_ subject: String, _ db: Database) throws {
        if try db.row(live, [subject, subject]) != nil { try SubjectHeads.hurry(subject, db) }
    }

    /// Nothing changed is nothing done.
    private static func conclude(
        _ changed: [Selection.Seen], _ act: OperatorAct, verb: String, _ db: Database
    ) throws -> [DeliveryID] {
        let events = Set(changed.map(\.event))
        if let event = events.first {
            let isOne = events.count == 1
            try Acts.record(
                act, verb: verb,
                target: isOne ? "event \(event)" : "\(changed.count) deliveries of \(events.count) events",
                event: isOne ? event : nil, touched: Array(events), db)
        }
        return changed.map { DeliveryID($0.id) }.sorted()
    }

    /// One without its body could never be handed out.
    private static let restart = """
        UPDATE delivery SET state = 'ready', failures = 0, due_at_ms = ?, is_bulk = ?, finished_at_ms = NULL,
               summary = NULL, reason_code = NULL, reason_message = NULL, reason_advice = NULL, waits_for = NULL
         WHERE id = ? AND state = ? AND attempt = ?
           AND EXISTS (SELECT 1 FROM body WHERE body.event_id = delivery.event_id)
        """
    private static let skip = """
        UPDATE delivery SET state = 'skipped', is_head = 0, finished_at_ms = ?,
               reason_code = ?, reason_message = ?, reason_advice = ?, waits_for = NULL
         WHERE id = ? AND state = ? AND attempt = ?
        """
    static let live = """
        SELECT 1 FROM delivery WHERE subject = ? AND is_head = 1 AND is_bulk = 0
        UNION ALL
        SELECT 1 FROM delivery WHERE subject = ? AND is_head = 0 AND is_bulk = 0 AND finished_at_ms IS NULL
               AND (lets_pass = 0 OR state <> 'parked')
        LIMIT 1
        """
}

extension Selection.Seen {
    fileprivate var fence: StatementArguments { [id, state.rawValue, attempt] }
}
