import Foundation
import Gateway
import HTTPClient
import TestSupport
import Testing

@Suite("Care of the store, with the real process and its commands", .timeLimit(.minutes(5)))
struct CareTests {
    private let transport = CurlTransport.causeway

    @Test("A backup made by a running gateway is restored after the store was lost, and every order is in it")
    func backupAndRestore() async throws {
        let folder = try TemporaryFolder()
        let intake = try await Intake(
            store: "backups: { folder: \(folder.url.path), every: off }", transport: transport)
        try await intake.process.start()
        for number in 1...20 { try await intake.postUntilAcknowledged(number) }
        let backup = try await intake.command("backup")
        #expect(backup.status == 0 && backup.output.contains("20 events"), "\(backup)")
        let file = try #require(backup.output.split(separator: ":").first.map(String.init))

        // Nothing is restored under a running gateway.
        let refused = try await intake.command("restore", file)
        #expect(refused.status == 75 && refused.errors.contains("is in use by process"))
        #expect(await intake.process.stop() == 0)
        for suffix in ["", "-wal", "-shm"] { try? FileManager.default.removeItem(atPath: intake.store + suffix) }
        let restored = try await intake.command("restore", file)
        #expect(restored.status == 0 && restored.output.contains("20 events, 20 deliveries"), "\(restored)")
        #expect(restored.output.contains("Events after 20 are missing"))
        try await intake.process.start()
        let subjects = try StoreContent(path: intake.store).subjects()
        #expect(subjects == Set((1...20).map { "order \($0)" }))
        await intake.process.stop()
    }

    @Test("While no gateway runs, the command makes the backup itself")
    func backupAlone() async throws {
        let folder = try TemporaryFolder()
        let intake = try await Intake(
            store: "backups: { folder: \(folder.url.path), every: off }", transport: transport)
        try await intake.process.start()
        try await intake.postUntilAcknowledged(1)
        await intake.process.kill()
        let backup = try await intake.command("backup", "--json")
        #expect(backup.status == 0 && backup.output.contains(#""events":1,"#), "\(backup)")
        let to = try await intake.command("backup", "--to", folder.path("other.db"))
        #expect(to.status == 0, "\(to)")
        let check = try await intake.command("store", "check", folder.path("other.db"))
        #expect(check.status == 0 && check.output.contains("nothing is wrong"), "\(check)")
    }

    @Test("A running gateway makes backups by the clock, and keeps the newest only")
    func scheduled() async throws {
        let folder = try TemporaryFolder()
        try folder.write("", to: "causeway-20200101T000000Z.db")
        try folder.write("", to: "causeway-20210101T000000Z.db")
        try folder.write("", to: "other.db")
        let intake = try await Intake(
            store: "backups: { folder: \(folder.url.path), keep: 1 }", transport: transport)
        try await intake.process.start()
        let limit = ContinuousClock.now + .seconds(60)
        var files: [String] = []
        repeat {
            try await Task.sleep(for: .milliseconds(50))
            files = try FileManager.default.contentsOfDirectory(atPath: folder.url.path).sorted()
        } while files.count > 2 && ContinuousClock.now < limit
        #expect(files.count == 2 && files.last == "other.db" && files.first?.hasPrefix("causeway-202") == true)
        #expect(files.first.map { $0 > "causeway-2021-01-01" } == true || files.first?.contains("2021") == false)
        await intake.process.stop()
    }

    @Test(
        "A full disk fails the backup and leaves nothing of it; the gateway goes on",
        .enabled(if: SmallDisk.isPossible))
    func fullDisk() async throws {
        let disk = try SmallDisk("size=18m")
        let intake = try await Intake(store: "backups: { folder: \(disk.path), every: off }", transport: transport)
        try await intake.process.start()
        for number in 1...8 { #expect(try await intake.post(number, padding: 500_000).status == 200) }
        let backup = try await intake.command("backup")
        #expect(backup.status == 75 && backup.errors.contains("MiB of room"), "\(backup)")
        #expect(try FileManager.default.contentsOfDirectory(atPath: disk.path) == [])
        #expect(try await intake.post(9).status == 200)
        await intake.process.stop()
    }

    @Test("What is wrong with a store is said, with status 1")
    func check() async throws {
        let intake = try await Intake(transport: transport)
        try await intake.process.start()
        try await intake.postUntilAcknowledged(1)
        let running = try await intake.command("store", "check")
        #expect(running.status == 0 && running.output.contains("nothing is wrong"), "\(running)")
        await intake.process.stop()
        try StoreContent(path: intake.store).execute("UPDATE lane_count SET count = count + 1")
        let check = try await intake.command("store", "check")
        #expect(check.status == 1 && check.output.contains("a lane's counter that does not count"), "\(check)")
    }

    @Test("Encryption is turned on for a store at work, its key replaced, and the old one taken away")
    func rotation() async throws {
        let intake = try await Intake(transport: transport)
        try await intake.process.start()
        #expect(try await intake.post(1, email: "jane@example.com").status == 200)
        await intake.process.stop()
        #expect(try intake.files(hold: "jane@example.com"))
        func keys(_ ids: String...) throws {
            let keys = ids.map { "{ id: \($0), key: \(String(repeating: $0 == "a" ? "0a" : "0b", count: 32)) }" }
            let search = "searchKey: \(String(repeating: "0c", count: 32))"
            let section = "encryption: { keys: [ \(keys.joined(separator: ", ")) ], \(search) } }"
            try intake.configure { yaml in
                yaml.replacing(/waiting: 4096.*/, with: "waiting: 4096, " + section)
            }
        }
        try keys("a")
        try await intake.process.start()
        let first = try await intake.command("store", "reseal")
        #expect(first.status == 0 && first.output.contains("a    1"), "\(first)")
        await intake.process.stop()
        #expect(try !intake.files(hold: "jane@example.com"))

        try keys("b")
        let refused = try await intake.process.failToStart()
        #expect(refused.status == 70 && refused.words.contains("which are not configured: a"), "\(refused)")
        try keys("b", "a")
        let second = try await intake.command("store", "reseal")
        #expect(second.status == 0 && second.output.contains("b    1"), "\(second)")
        try keys("b")
        try await intake.process.start()
        await intake.process.stop()
    }

    @Test("A person is counted, erased, and found nowhere any more")
    func erasure() async throws {
        let intake = try await Intake(transport: transport)
        try await intake.process.start()
        for number in 1...3 { #expect(try await intake.post(number, email: "jane@example.com").status == 200) }
        #expect(try await intake.post(4, email: "joe@example.com").status == 200)
        let url = ["--url", intake.process.url, "--token", Intake.operatorToken]
        let dry = try await Command.run(["erase", "--email", "Jane@example.com", "--dry-run"] + url)
        #expect(dry.status == 0 && dry.output.contains("would erase:\n  events      3"), "\(dry)")
        let erased = try await Command.run(["erase", "--email", "Jane@example.com", "--why", "ticket 1"] + url)
        #expect(erased.status == 0 && erased.output.contains("  unfinished  3"), "\(erased)")
        let again = try await Command.run(["erase", "--email", "jane@example.com", "--dry-run"] + url)
        #expect(again.output.contains("events      0"))
        #expect(try !intake.files(hold: "jane@example.com") && intake.files(hold: "joe@example.com"))
        await intake.process.stop()
        #expect(try !intake.files(hold: "jane@example.com") && intake.files(hold: "joe@example.com"))
        #expect(try await Command.run("erase", "--why", "x").status == 64)
        #expect(try await Command.run("erase", "--email", "a@b.c").status == 64)
    }
}

extension Intake {
    fileprivate func files(hold words: String) throws -> Bool {
        try ["", "-wal"].contains { suffix in
            guard FileManager.default.fileExists(atPath: store + suffix) else { return false }
            return try Data(contentsOf: URL(fileURLWithPath: store + suffix)).range(of: Data(words.utf8)) != nil
        }
    }
}
