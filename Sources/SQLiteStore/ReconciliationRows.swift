import Foundation
import GRDB
import Relay

/// Comparisons and their findings, as the tables have them.
enum ReconciliationRows {
    static func reconciliation(_ row: Row) throws -> Reconciliation {
        guard let state = Reconciliation.State(rawValue: row["state"]), let from = row.moment("from_ms"),
            let until = row.moment("until_ms"), let startedAt = row.moment("started_at_ms")
        else { throw StoreFault.failed("reconciliation \(row["id"] as Int64) is in a state that is not known") }
        let tally = try? JSONDecoder().decode(ReconciliationTally.self, from: Data((row["tally"] as String).utf8))
        return Reconciliation(
            id: ReconciliationID(row["id"]), asked: NewReconciliation(from: from, until: until, by: row["asked_by"]),
            state: state, startedAt: startedAt, finishedAt: row.moment("finished_at_ms"),
            tally: tally ?? ReconciliationTally(), open: row["open"], reason: row.reason)
    }

    static func finding(_ row: Row) throws -> ReconciliationFinding {
        guard let state = ReconciliationFinding.State(rawValue: row["state"]) else {
            throw StoreFault.failed("finding \(row["number"] as Int64) is in a state that is not known")
        }
        var finding = ReconciliationFinding(
            number: row["number"], code: row["code"], subject: row["subject"], near: row["near"], scope: row["scope"],
            far: row["far"], nearValue: row["near_value"], farValue: row["far_value"], text: row["text"],
            advice: row["advice"], repair: row["repair"], state: state)
        finding.settledAt = row.moment("settled_at_ms")
        finding.settledBy = row["settled_by"]
        finding.note = row["note"]
        return finding
    }

    static func text(_ tally: ReconciliationTally) -> String {
        (try? JSONEncoder().encode(tally)).map { String(decoding: $0, as: UTF8.self) } ?? "{}"
    }

    private static let select = """
        SELECT r.*, (
            SELECT count(*) FROM reconciliation_finding f
             WHERE f.reconciliation_id = r.id AND f.state = 'open') AS open
          FROM reconciliation r
        """
    static let one = select + " WHERE r.id = ?"
    static let newest = select + " WHERE r.id < ? ORDER BY r.id DESC LIMIT ?"
    static let begin = "INSERT INTO reconciliation (from_ms, until_ms, asked_by, started_at_ms) VALUES (?, ?, ?, ?)"
    static let end = """
        UPDATE reconciliation
           SET state = ?, tally = ?, reason_code = ?, reason_message = ?, reason_advice = ?, finished_at_ms = ?
         WHERE id = ? AND state = 'running'
        """
    static let interrupt = """
        UPDATE reconciliation
           SET state = 'incomplete', reason_code = ?, reason_message = ?, reason_advice = ?, finished_at_ms = ?
         WHERE state = 'running'
        """
    static let insertFinding = """
        INSERT INTO reconciliation_finding (
            reconciliation_id, number, code, subject, near, scope, far, near_value, far_value, text, advice, repair)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """
    static let findings = """
        SELECT * FROM reconciliation_finding
         WHERE reconciliation_id = :id AND number > :after AND (:state IS NULL OR state = :state)
         ORDER BY number LIMIT :limit
        """
    static let settle = """
        UPDATE reconciliation_finding SET state = ?, note = ?, settled_by = ?, settled_at_ms = ?
         WHERE reconciliation_id = ? AND number = ? AND state = 'open'
        """
    static let settled = "SELECT code, subject FROM reconciliation_finding WHERE reconciliation_id = ? AND number = ?"
    static let forget = """
        DELETE FROM reconciliation WHERE id IN (
            SELECT id FROM reconciliation WHERE started_at_ms < ? AND state <> 'running'
             ORDER BY started_at_ms LIMIT ?)
        """
}
