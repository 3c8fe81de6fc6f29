import Cryptography
import Foundation
import GRDB
public import Relay

extension SQLiteStore: JobBook {
    public func add(_ job: NewDataJob, at moment: Timestamp) async throws -> DataJob {
        let package = SealedPackage(job.package, vault)
        let stored = try await committer.perform(.bookkeeping) { db -> DataJob? in
            guard try db.row(JobRows.ofExecution, [job.executionID]) == nil else { return nil }
            try db.run(
                JobRows.insert,
                [
                    job.kind.rawValue, job.project, job.entity, job.scope, job.executionID, job.overwrites,
                    job.packageDigest.map { Data($0) }, moment.millisecondsSince1970, moment.millisecondsSince1970,
                    moment.millisecondsSince1970,
                ])
            let id = DataJobID(db.lastInsertedRowID)
            try package.write(of: id, db)
            return DataJob(id: id, job, createdAt: moment)
        }
        guard let stored else { throw JobBookFault.repeatedExecution(job.executionID) }
        return stored
    }

    @discardableResult
    public func update(_ job: DataJob, package: [UInt8]?) async throws -> Bool {
        let package = package.map { SealedPackage($0, vault) }
        return try await committer.perform(.bookkeeping) { db in
            try db.run(
                JobRows.update,
                [
                    job.executionID, job.state.rawValue, job.packageDigest.map { Data($0) },
                    job.changedAt.millisecondsSince1970,
                    job.nextLookAt?.millisecondsSince1970, job.starts, job.looks, job.failures, job.reason?.code,
                    job.reason?.message, job.reason?.advice, job.findings, job.id.rawValue,
                ])
            guard db.changesCount == 1 else { return false }
            try package?.write(of: job.id, db)
            return true
        }
    }

    public func dueJobs(now: Timestamp, limit: Int) async throws -> [DataJob] {
        try await read { db in
            try db.rows(JobRows.due, [now.millisecondsSince1970, limit]).map(JobRows.job)
        }
    }

    public func nextJobDue() async throws -> Timestamp? {
        try await read { try $0.row(JobRows.nextDue)?.moment("due") }
    }

    public func job(_ id: DataJobID) async throws -> DataJob? {
        try await read { try $0.row(JobRows.one, [id.rawValue]).map(JobRows.job) }
    }

    public func jobs(in state: DataJobState?, before: DataJobID?, limit: Int) async throws -> [DataJob] {
        let before = before?.rawValue ?? .max
        return try await read { db in
            let rows = try state.map { try db.rows(JobRows.inState, [$0.rawValue, before, limit]) }
            return try (rows ?? db.rows(JobRows.newest, [before, limit])).map(JobRows.job)
        }
    }

    public func package(of id: DataJobID) async throws -> [UInt8]? {
        let row = try await read { try $0.row(JobRows.package, [id.rawValue]).flatMap(StoredPackage.init) }
        guard let row else { return nil }
        return try vault.open(row.payload, at: .package(digest: row.digest), of: "the package of job \(id)")
    }

    @discardableResult
    public func forgetJobs(finishedBefore moment: Timestamp, limit: Int) async throws -> Int {
        try await committer.perform(.bookkeeping) { db in
            try db.run(JobRows.forget, [moment.millisecondsSince1970, limit])
            return db.changesCount
        }
    }
}

/// What a job carries, made before the writer is asked.
private struct SealedPackage: Sendable {
    let digest: [UInt8]
    /// `nil` takes it away.
    let payload: StoredPayload?

    init(_ bytes: [UInt8], _ vault: any PayloadVault) {
        digest = SHA256.hash(bytes)
        payload = bytes.isEmpty ? nil : vault.seal(bytes, at: .package(digest: digest))
    }

    func write(of job: DataJobID, _ db: Database) throws {
        guard let payload else { return try db.run(JobRows.dropPackage, [job.rawValue]) }
        try db.run(JobRows.putPackage, [job.rawValue, Data(payload.bytes), Data(digest), payload.key])
    }
}

private struct StoredPackage: Sendable {
    let digest: [UInt8]
    let payload: StoredPayload

    init?(_ row: Row) {
        guard let payload = row.payload("bytes", by: "sealed_by") else { return nil }
        digest = [UInt8](row["digest"] as Data)
        self.payload = payload
    }
}
