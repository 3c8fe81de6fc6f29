import GRDB
import Relay

/// What people did.
enum Acts {
    static func record(
        _ act: OperatorAct, verb: String, target: String, event: EventID? = nil, _ db: Database
    ) throws {
        try db.run(
            "INSERT INTO operator_act (at_ms, by, act, target, event_id, why) VALUES (?, ?, ?, ?, ?, ?)",
            [act.at.millisecondsSince1970, act.by, verb, target, event?.rawValue, act.why])
    }
}
