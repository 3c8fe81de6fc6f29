package import Relay
import Testing

/// What every book of jobs must keep, whatever is under it.
package struct JobPromise: CustomTestStringConvertible, Sendable {
    package let testDescription: String
    package let check: @Sendable (any JobBook) async throws -> Void

    init(_ sentence: String, check: @escaping @Sendable (any JobBook) async throws -> Void) {
        testDescription = sentence
        self.check = check
    }

    package static let all = [
        JobPromise("keeps a job as it was asked for, with its package") { book in
            let job = try await book.add(.sample("x-1"), at: at(0))
            #expect(job.state == .prepared && job.nextLookAt == at(0) && job.createdAt == at(0))
            #expect(try await book.job(job.id) == job)
            #expect(try await book.package(of: job.id) == Array("zip".utf8))
            #expect(try await book.job(DataJobID(99)) == nil)
            #expect(try await book.package(of: DataJobID(99)) == nil)
        },
        JobPromise("takes each execution id once") { book in
            _ = try await book.add(.sample("x-1"), at: at(0))
            await #expect(throws: JobBookFault.repeatedExecution("x-1")) {
                try await book.add(.sample("x-1"), at: at(1))
            }
            #expect(try await book.jobs(in: nil, before: nil, limit: 10).count == 1)
        },
        JobPromise("hands out unfinished jobs when they are due, the longest due first") { book in
            var first = try await book.add(.sample("x-1"), at: at(0))
            let second = try await book.add(.sample("x-2"), at: at(1))
            first.nextLookAt = at(30)
            #expect(try await book.update(first, package: nil))
            #expect(try await book.dueJobs(now: at(10), limit: 10).map(\.id) == [second.id])
            #expect(try await book.dueJobs(now: at(30), limit: 10).map(\.id) == [second.id, first.id])
            #expect(try await book.dueJobs(now: at(30), limit: 1).map(\.id) == [second.id])
            #expect(try await book.nextJobDue() == at(1))
        },
        JobPromise("writes down how a job stands, word for word") { book in
            var job = try await book.add(.sample("x-1"), at: at(0))
            job.state = .running
            (job.changedAt, job.nextLookAt) = (at(5), at(10))
            (job.starts, job.looks, job.failures) = (1, 2, 3)
            job.reason = Reason(code: "d365-unavailable", message: "Not now.", advice: nil)
            job.findings = "row 1: é"
            #expect(try await book.update(job, package: nil))
            #expect(try await book.job(job.id) == job)
            #expect(try await book.package(of: job.id) == Array("zip".utf8))
        },
        JobPromise("changes nothing any more about a job that is finished") { book in
            var job = try await book.add(.sample("x-1"), at: at(0))
            (job.state, job.nextLookAt, job.changedAt) = (.succeeded, nil, at(5))
            #expect(try await book.update(job, package: []))
            var late = job
            (late.state, late.nextLookAt) = (.running, at(6))
            #expect(try await !book.update(late, package: Array("late".utf8)))
            #expect(try await book.job(job.id) == job)
            #expect(try await book.package(of: job.id) == nil)
            #expect(try await book.dueJobs(now: at(100), limit: 10).isEmpty)
            #expect(try await book.nextJobDue() == nil)
        },
        JobPromise("replaces a package by what an export brought") { book in
            var job = try await book.add(.sample("x-1", kind: .export), at: at(0))
            #expect(try await book.package(of: job.id) == nil)
            (job.state, job.nextLookAt) = (.succeeded, nil)
            job.packageDigest = [UInt8](repeating: 1, count: 32)
            #expect(try await book.update(job, package: Array("brought".utf8)))
            #expect(try await book.package(of: job.id) == Array("brought".utf8))
            #expect(try await book.job(job.id)?.packageDigest == job.packageDigest)
        },
        JobPromise("lists jobs from the newest on, by state and page by page") { book in
            var ids: [DataJobID] = []
            for second in 0..<3 { ids.append(try await book.add(.sample("x-\(second)"), at: at(Int64(second))).id) }
            var failed = try #require(try await book.job(ids[1]))
            (failed.state, failed.nextLookAt) = (.failed, nil)
            failed.reason = Reason(code: "dmf-failed", message: "No.")
            try await book.update(failed, package: [])
            #expect(try await book.jobs(in: nil, before: nil, limit: 2).map(\.id) == [ids[2], ids[1]])
            #expect(try await book.jobs(in: nil, before: ids[1], limit: 2).map(\.id) == [ids[0]])
            #expect(try await book.jobs(in: .failed, before: nil, limit: 9) == [failed])
            #expect(try await book.jobs(in: .running, before: nil, limit: 9).isEmpty)
        },
        JobPromise("forgets jobs that were finished long ago, and no others") { book in
            for (key, second) in [("old", Int64(1)), ("new", 50), ("open", 2)] {
                var job = try await book.add(.sample(key), at: at(second))
                guard key != "open" else { continue }
                (job.state, job.nextLookAt, job.changedAt) = (.succeeded, nil, at(second))
                try await book.update(job, package: nil)
            }
            #expect(try await book.forgetJobs(finishedBefore: at(10), limit: 10) == 1)
            #expect(try await book.jobs(in: nil, before: nil, limit: 9).map(\.executionID) == ["open", "new"])
            #expect(try await book.package(of: DataJobID(1)) == nil)
        },
    ]
}

extension StorePromise {
    static let jobs: [StorePromise] =
        JobPromise.all.map { promise in StorePromise(promise.testDescription) { try await promise.check($0) } } + [
            StorePromise(
                "keeps jobs and their packages over a restart",
                beforeClosing: { store in _ = try await store.add(.sample("x-1"), at: at(0)) },
                afterwards: { store in
                    let job = try #require(try await store.dueJobs(now: at(1), limit: 1).first)
                    #expect(job.executionID == "x-1")
                    #expect(try await store.package(of: job.id) == Array("zip".utf8))
                })
        ]
}

extension NewDataJob {
    package static func sample(_ executionID: String, kind: Kind = .import) -> NewDataJob {
        let isImport = kind == .import
        return NewDataJob(
            kind: kind, project: "WebCustomers", entity: "Customers V3", scope: "usmf", executionID: executionID,
            package: isImport ? Array("zip".utf8) : [],
            packageDigest: isImport ? [UInt8](repeating: 7, count: 32) : nil)
    }
}
