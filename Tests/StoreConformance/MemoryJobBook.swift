package import Relay
import Synchronization

/// A book of jobs in memory, for tests of those who work with one. It keeps the same promises as a store on disk.
package final class MemoryJobBook: JobBook {
    private struct Content {
        var jobs: [DataJob] = []
        var packages: [DataJobID: [UInt8]] = [:]
        var lastID: Int64 = 0
        var states: [DataJobState] = []
    }

    private let content = Mutex(Content())

    package init() {}

    /// Every state that was written, in order.
    package var states: [DataJobState] { content.withLock { $0.states } }

    package func add(_ job: NewDataJob, at moment: Timestamp) async throws -> DataJob {
        try content.withLock { content in
            guard !content.jobs.contains(where: { $0.executionID == job.executionID }) else {
                throw JobBookFault.repeatedExecution(job.executionID)
            }
            content.lastID += 1
            let stored = DataJob(id: DataJobID(content.lastID), job, createdAt: moment)
            content.jobs.append(stored)
            if !job.package.isEmpty { content.packages[stored.id] = job.package }
            content.states.append(stored.state)
            return stored
        }
    }

    package func update(_ job: DataJob, package: [UInt8]?) async throws -> Bool {
        content.withLock { content in
            guard let index = content.jobs.firstIndex(where: { $0.id == job.id }),
                content.jobs[index].nextLookAt != nil
            else { return false }
            content.jobs[index] = job
            content.states.append(job.state)
            if let package { content.packages[job.id] = package.isEmpty ? nil : package }
            return true
        }
    }

    package func dueJobs(now: Timestamp, limit: Int) async throws -> [DataJob] {
        let due = content.withLock { $0.jobs }.filter { job in job.nextLookAt.map { $0 <= now } ?? false }
        return Array(due.sorted { $0.order < $1.order }.prefix(limit))
    }

    package func nextJobDue() async throws -> Timestamp? {
        content.withLock { $0.jobs }.compactMap(\.nextLookAt).min()
    }

    package func job(_ id: DataJobID) async throws -> DataJob? {
        content.withLock { $0.jobs.first { $0.id == id } }
    }

    package func jobs(in state: DataJobState?, before: DataJobID?, limit: Int) async throws -> [DataJob] {
        let jobs = content.withLock { $0.jobs }.filter { job in
            (state == nil || job.state == state) && before.map { job.id.rawValue < $0.rawValue } ?? true
        }
        return Array(jobs.reversed().prefix(limit))
    }

    package func package(of id: DataJobID) async throws -> [UInt8]? { content.withLock { $0.packages[id] } }

    package func forgetJobs(finishedBefore moment: Timestamp, limit: Int) async throws -> Int {
        content.withLock { content in
            let old = content.jobs.filter { $0.nextLookAt == nil && $0.changedAt < moment }
                .sorted { $0.changedAt < $1.changedAt }.prefix(limit).map(\.id)
            content.jobs.removeAll { old.contains($0.id) }
            for id in old { content.packages[id] = nil }
            return old.count
        }
    }
}

extension DataJob {
    fileprivate var order: (Int64, Int64) { (nextLookAt?.millisecondsSince1970 ?? .max, id.rawValue) }
}
