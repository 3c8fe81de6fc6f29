import Foundation
import GRDB
import Relay

/// Jobs on the far side, as the table has them.
enum JobRows {
    static func job(_ row: Row) throws -> DataJob {
        guard let kind = NewDataJob.Kind(rawValue: row["kind"]), let state = DataJobState(rawValue: row["state"]),
            let createdAt = row.moment("created_at_ms"), let changedAt = row.moment("changed_at_ms")
        else { throw StoreFault.failed("job \(row["id"] as Int64) is of a kind or in a state that is not known") }
        let new = NewDataJob(
            kind: kind, project: row["project"], entity: row["entity"], scope: row["scope"],
            executionID: row["execution_id"], overwrites: row["overwrites"],
            packageDigest: (row["package_digest"] as Data?).map { [UInt8]($0) })
        var job = DataJob(id: DataJobID(row["id"]), new, state: state, createdAt: createdAt)
        job.changedAt = changedAt
        job.nextLookAt = row.moment("next_look_at_ms")
        job.starts = row["starts"]
        job.looks = row["looks"]
        job.failures = row["failures"]
        job.reason = row.reason
        job.findings = row["findings"]
        return job
    }

    static let insert = """
        INSERT INTO data_job (
            kind, project, entity, scope, execution_id, overwrites, package_digest, state, created_at_ms,
            changed_at_ms, next_look_at_ms)
        VALUES (?, ?, ?, ?, ?, ?, ?, 'prepared', ?, ?, ?)
        """
    /// A finished job has no next look.
    static let update = """
        UPDATE data_job SET execution_id = ?, state = ?, package_digest = ?, changed_at_ms = ?, next_look_at_ms = ?,
            starts = ?, looks = ?, failures = ?, reason_code = ?, reason_message = ?, reason_advice = ?, findings = ?
         WHERE id = ? AND next_look_at_ms IS NOT NULL
        """
    static let ofExecution = "SELECT 1 FROM data_job WHERE execution_id = ?"
    static let due = """
        SELECT * FROM data_job WHERE next_look_at_ms <= ? ORDER BY next_look_at_ms, id LIMIT ?
        """
    static let nextDue = "SELECT min(next_look_at_ms) AS due FROM data_job WHERE next_look_at_ms IS NOT NULL"
    static let one = "SELECT * FROM data_job WHERE id = ?"
    static let newest = "SELECT * FROM data_job WHERE id < ? ORDER BY id DESC LIMIT ?"
    static let inState = "SELECT * FROM data_job WHERE state = ? AND id < ? ORDER BY id DESC LIMIT ?"
    static let package = "SELECT bytes, digest, sealed_by FROM data_job_package WHERE job_id = ?"
    static let putPackage = """
        INSERT OR REPLACE INTO data_job_package (job_id, bytes, digest, sealed_by) VALUES (?, ?, ?, ?)
        """
    static let dropPackage = "DELETE FROM data_job_package WHERE job_id = ?"
    static let forget = """
        DELETE FROM data_job WHERE id IN (
            SELECT id FROM data_job WHERE next_look_at_ms IS NULL AND changed_at_ms < ?
             ORDER BY changed_at_ms LIMIT ?)
        """
}
