import Archive
import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import StoreConformance
import Testing

@testable import Dynamics

@Suite("A job of data management", .timeLimit(.minutes(5)))
struct DataJobTests {
    @Test("takes rows to F&O: package, upload, import, and looks until it has ended")
    func importing() async throws {
        try await JobStage.run { stage in
            stage.management.faults.looksBeforeEnd = 5
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .succeeded && job.reason == nil && job.findings == nil)
            #expect(stage.book.states.filter { $0 == .uploaded }.count == 1)
            let execution = try #require(stage.management.executions["causeway-1"])
            #expect(execution.files == ["Customers V3.csv", "Manifest.xml", "PackageHeader.xml"])
            #expect(execution.legalEntity == "usmf" && execution.project == "WebCustomers" && execution.overwrites)
            #expect(stage.management.begins(of: "causeway-1") == 1)
            #expect(try await stage.book.package(of: job.id) == nil)
        }
    }

    @Test("sends its token to F&O and to no storage, and the storage's key to nobody but the storage")
    func secrets() async throws {
        try await JobStage.run { stage in
            _ = try await stage.carry(try JobStage.importing())
            for request in stage.transport.requests {
                let isStorage = request.url.contains("/sandbox-blobs/")
                if isStorage { #expect(request.headers[.authorization] == nil) }
                #expect(isStorage == request.url.contains("sig="))
            }
        }
    }

    @Test("understands answers that are wrapped once more")
    func wrapped() async throws {
        try await JobStage.run { stage in
            stage.management.faults.wrapsTwice = true
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .succeeded)
        }
    }

    @Test("uploads once more by a new link if the first one has expired, and waits if that one has, too")
    func expiredLink() async throws {
        try await JobStage.run { stage in
            stage.management.faults.nextLinksExpired = 1
            #expect(try await stage.carry(try JobStage.importing("one")).state == .succeeded)
            let puts = stage.transport.requests.filter { $0.method == .put }.map(\.url)
            #expect(puts.count == 2 && Set(puts).count == 2)
            stage.management.faults.nextLinksExpired = 2
            let job = try await stage.carry(try JobStage.importing("two"))
            #expect(job.state == .succeeded && stage.management.begins(of: "two") == 1)
        }
    }

    @Test("whose begin was not answered is asked about, and not begun twice")
    func answerLost() async throws {
        try await JobStage.run { stage in
            stage.management.faults.nextAnswersLost = 1
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .succeeded && job.starts == 1)
            #expect(stage.management.begins(of: "causeway-1") == 1)
        }
    }

    @Test("whose begin never arrived is begun again, with the same execution id")
    func beginLost() async throws {
        try await JobStage.run { stage in
            stage.management.faults.nextBeginsLost = 1
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .succeeded && job.starts == 2)
            #expect(stage.management.begins(of: "causeway-1") == 2)
            #expect(stage.management.executions.count == 1)
        }
    }

    @Test("that never begins, however often it is asked to, is given to a person as unclear")
    func neverBegins() async throws {
        try await JobStage.run { stage in
            stage.management.faults.nextBeginsLost = 99
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .unclear && job.reason?.code == "dmf-never-began" && job.starts == 3)
            #expect(job.reason?.advice?.contains("causeway-1") == true)
        }
    }

    @Test(
        "goes on after a restart, whatever it was doing when the process ended",
        arguments: [
            DataJobState.prepared, .uploaded, .running,
        ])
    func restart(_ state: DataJobState) async throws {
        try await JobStage.run { stage in
            let job = try await stage.runner.submit(try JobStage.importing())
            if state == .uploaded { stage.management.faults.nextAnswersLost = 1 }
            if state != .prepared { try await stage.step() }
            #expect(try await stage.book.job(job.id)?.state == state)
            // Another process: nothing is known but what is in the book.
            let next = DataJobRunner(client: stage.client, book: stage.book, clock: stage.clock)
            while let job = try await stage.book.dueJobs(now: stage.clock.now() + .seconds(600), limit: 1).first {
                try await stage.clock.sleep(until: job.nextLookAt ?? stage.clock.now())
                try await next.advance(job)
            }
            #expect(try await stage.book.job(job.id)?.state == .succeeded)
            #expect(stage.management.begins(of: "causeway-1") == 1)
        }
    }

    @Test(
        "ends as F&O says that it ended",
        arguments: [
            ("Succeeded", DataJobState.succeeded, nil),
            ("PartiallySucceeded", .partlySucceeded, "dmf-partly-succeeded"),
            ("Failed", .failed, "dmf-failed"), ("Canceled", .failed, "dmf-canceled"),
        ])
    func endings(_ ending: String, _ state: DataJobState, _ code: String?) async throws {
        try await JobStage.run { stage in
            stage.management.faults.nextEndings = [ending]
            stage.management.faults.errorKeyDelays = 2
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == state && job.reason?.code == code)
            if ending == "Failed" || ending == "PartiallySucceeded" {
                #expect(job.findings?.contains("C-1 CUSTOMERGROUPID: The group 99 does not exist.") == true)
                #expect(job.findings?.contains("Not in the entity:\nCUSTOMERACCOUNT\r\nC-1") == true)
                #expect(job.reason?.message.contains("The group 99 does not exist.") == true)
            }
        }
    }

    @Test("that failed without naming an error says where a person has to look")
    func failedWithoutErrors() async throws {
        try await JobStage.run { stage in
            stage.management.faults.nextEndings = ["Failed"]
            stage.management.faults.hidesErrors = true
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .failed && job.reason?.code == "dmf-failed-without-errors")
            #expect(job.reason?.advice?.contains("Job history") == true && job.findings == nil)
        }
    }

    @Test(
        "follows an execution id of F&O's own, and keeps to ours if the answer is all zeros",
        arguments: [
            "ffo-77", "00000000-0000-0000-0000-000000000000",
        ])
    func otherID(_ answer: String) async throws {
        try await JobStage.run { stage in
            stage.management.faults.answersWithID = answer
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .succeeded)
            #expect(job.executionID == (answer.hasPrefix("0") ? "causeway-1" : answer))
        }
    }

    @Test("that runs for too long is given to a person as unclear")
    func stuck() async throws {
        try await JobStage.run { stage in
            stage.management.faults.looksBeforeEnd = .max
            let job = try await stage.runner.submit(try JobStage.importing())
            try await stage.step()
            for _ in 0..<3 {
                try await stage.clock.sleep(for: .seconds(12 * 3600))
                try await stage.step()
            }
            let ended = try #require(try await stage.book.job(job.id))
            #expect(ended.state == .unclear && ended.reason?.code == "dmf-still-running")
        }
    }

    @Test("waits while F&O is away, and goes on by itself", arguments: [DataJobState.prepared, .running])
    func outage(_ state: DataJobState) async throws {
        try await JobStage.run { stage in
            let job = try await stage.runner.submit(try JobStage.importing())
            if state == .running { try await stage.step() }
            stage.sandbox.dynamics.faults.plan.isAway = true
            for _ in 0..<3 {
                try await stage.clock.sleep(for: .seconds(3600))
                try await stage.step()
            }
            let waiting = try #require(try await stage.book.job(job.id))
            #expect(waiting.state == state && waiting.failures == 3 && waiting.reason?.code == "d365-unavailable")
            stage.sandbox.dynamics.faults.plan.isAway = false
            #expect(try await stage.settle(job.id).state == .succeeded)
            #expect(stage.management.begins(of: "causeway-1") == 1)
        }
    }

    @Test("with a token that has expired meanwhile asks for another one")
    func expiredToken() async throws {
        try await JobStage.run { stage in
            let job = try await stage.runner.submit(try JobStage.importing())
            try await stage.step()
            stage.sandbox.dynamics.expireTokens()
            #expect(try await stage.settle(job.id).state == .succeeded)
        }
    }

    @Test(
        "that is led to a server that is no storage of F&O goes nowhere",
        arguments: [
            "http://169.254.169.254", "https://evil.example", "http://localhost.evil.example", "ftp://127.0.0.1",
        ])
    func foreignStorage(_ host: String) async throws {
        try await JobStage.run { stage in
            stage.management.faults.linkHost = host
            let job = try await stage.carry(try JobStage.importing())
            #expect(job.state == .failed && job.reason?.code == "dmf-foreign-link")
            #expect(!stage.transport.requests.contains { $0.method == .put })
            #expect(job.reason?.message.contains("sig=") == false)
        }
    }

    @Test("brings an export: the package that F&O made, read and kept")
    func exporting() async throws {
        try await JobStage.run { stage in
            let package = try DataPackage(project: "Prices", entity: "Prices", csv: JobStage.csv).zip()
            stage.management.setExport(package, of: "Prices")
            stage.management.faults.nextLinksExpired = 1
            let job = try await stage.carry(
                .exporting("Prices", from: "Prices", legalEntity: "usmf", executionID: "e-1"))
            #expect(job.state == .succeeded)
            let kept = try #require(try await stage.book.package(of: job.id))
            #expect(try DataPackage(zip: kept).files.map(\.content) == [JobStage.csv])
        }
    }

    @Test("for a project that is not there fails with F&O's words")
    func unknownProject() async throws {
        try await JobStage.run { stage in
            let job = try await stage.carry(.exporting("X", from: "Nowhere", legalEntity: "usmf"))
            #expect(job.state == .failed && job.starts == 0)
            #expect(job.reason?.code == "d365-rejected")
        }
    }

    @Test("is worked on by the runner without anybody's help")
    func running() async throws {
        try await JobStage.run { stage in
            let work = Task { await stage.runner.run() }
            let job = try await stage.runner.submit(try JobStage.importing())
            while try await stage.book.job(job.id)?.state.isFinished == false { await Task.yield() }
            work.cancel()
            await work.value
            #expect(try await stage.book.job(job.id)?.state == .succeeded)
        }
    }

    @Test("A book in memory keeps the promises of one on disk", arguments: JobPromise.all)
    func memoryBook(_ promise: JobPromise) async throws { try await promise.check(MemoryJobBook()) }
}
