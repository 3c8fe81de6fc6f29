import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// The real process, with the real trouble. Each test ends with a count: what was acknowledged is stored.
@Suite(
    "Overload is a state: clear answers, nothing lost, and an end without a restart", .serialized,
    .timeLimit(.minutes(5)))
struct OverloadTests {
    private let transport = CurlTransport.causeway

    private func expectRefusal(_ answer: OutboundResponse, _ word: String) {
        #expect(answer.status == 503)
        #expect(answer.headers[.contentType] == "application/problem+json")
        #expect(Int(answer.headers[.retryAfter] ?? "").map { (1...60).contains($0) } == true)
        #expect(String(decoding: answer.body, as: UTF8.self).contains(word))
    }

    private func expectStored(_ acknowledged: [Int], in intake: Intake) async throws {
        #expect(await intake.process.stop() == 0)
        let stored = try StoreContent(path: intake.store).subjects()
        #expect(stored.isSuperset(of: acknowledged.map { "order \($0)" }))
        #expect(!acknowledged.isEmpty)
    }

    @Test(
        "a full disk is told to senders, to load balancers and to metrics, until there is room",
        .enabled(if: SmallDisk.isPossible, "needs root and the right to mount a small tmpfs"))
    func diskFull() async throws {
        let disk = try SmallDisk("size=3m")
        let intake = try await Intake(disk: disk.path, transport: transport)
        try await intake.process.start()
        var acknowledged: [Int] = []
        var refusal: OutboundResponse?
        for number in 1...2000 where refusal == nil {
            let answer = try await intake.post(number, padding: 16_000)
            if answer.status == 200 { acknowledged.append(number) } else { refusal = answer }
        }
        expectRefusal(try #require(refusal), "disk of the store is full")
        #expect(try await intake.process.get("/health/live").status == 200)
        #expect(try await intake.wait(for: 503, at: "/health/ready").contains("disk full"))
        let metrics = try await intake.wait(for: 200, at: "/metrics")
        #expect(metrics.contains(#"causeway_overload_total{cause="disk"}"#))

        try disk.remount("size=64m")
        try await intake.postUntilAcknowledged(3001)
        _ = try await intake.wait(for: 200, at: "/health/ready")
        try await expectStored(acknowledged + [3001], in: intake)
    }

    @Test("while another program holds the database, senders are told to come again, and health answers")
    func busy() async throws {
        let intake = try await Intake(transport: transport)
        try await intake.process.start()
        #expect(try await intake.post(1).status == 200)
        let other = try StoreContent(path: intake.store)
        try other.execute("BEGIN IMMEDIATE")
        async let first = intake.post(2)
        async let second = intake.post(3)
        #expect(try await intake.process.get("/health/live").status == 200)
        #expect(try await intake.wait(for: 503, at: "/health/ready").contains("The store"))
        expectRefusal(try await first, "Send this event again")
        expectRefusal(try await second, "Send this event again")
        try other.execute("ROLLBACK")
        for number in [2, 3] { try await intake.postUntilAcknowledged(number) }
        _ = try await intake.wait(for: 200, at: "/health/ready")
        try await expectStored([1, 2, 3], in: intake)
    }

    @Test("more events than may wait for the disk are refused at once, and those that waited are stored")
    func writerQueue() async throws {
        let intake = try await Intake(waiting: 2, transport: transport)
        try await intake.process.start()
        #expect(try await intake.post(1).status == 200)
        let other = try StoreContent(path: intake.store)
        try other.execute("BEGIN IMMEDIATE")
        // More than may wait, and each sent again and again: whatever the store refuses meanwhile, the queue fills up.
        let senders = Task {
            try await withThrowingTaskGroup(of: [OutboundResponse].self) { group in
                for number in 2...9 { group.addTask { try await intake.postUntilAcknowledged(number) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
        }
        _ = try await intake.wait(for: 503, at: "/health/ready", saying: "2 events wait")
        _ = try await intake.wait(for: 200, at: "/metrics", saying: #"causeway_overload_total{cause="writer"}"#)
        #expect(try await intake.process.get("/health/live").status == 200)
        try other.execute("ROLLBACK")
        let refused = try await senders.value
        let full = refused.filter { String(decoding: $0.body, as: UTF8.self).contains("More events arrive") }
        #expect(!full.isEmpty)
        for answer in full { expectRefusal(answer, "More events arrive") }
        for answer in refused where !full.contains(answer) { expectRefusal(answer, "Send this event again") }
        _ = try await intake.wait(for: 200, at: "/health/ready")
        try await expectStored(Array(1...9), in: intake)
    }

    @Test(
        "files that become read-only are told to senders, until they can be written again",
        .enabled(if: Immutability.isPossible, "needs root and a file system with immutable files, such as ext4"))
    func readOnly() async throws {
        let intake = try await Intake(transport: transport)
        try await intake.process.start()
        #expect(try await intake.post(1).status == 200)
        let files = ["", "-wal"].map { intake.store + $0 }
        let immutability = try Immutability(of: files)
        expectRefusal(try await intake.post(2), "Send this event again")
        #expect(try await intake.process.get("/health/live").status == 200)
        #expect(try await intake.wait(for: 503, at: "/health/ready").contains("store"))
        try immutability.end()
        try await intake.postUntilAcknowledged(2)
        _ = try await intake.wait(for: 200, at: "/health/ready")
        try await expectStored([1, 2], in: intake)
    }

    @Test(
        "a store that cannot be written is told at the start, with its path, and the next start succeeds",
        .enabled(if: SmallDisk.isPossible, "needs root and the right to mount a small tmpfs"))
    func readOnlyAtStart() async throws {
        let disk = try SmallDisk("size=64m")
        let intake = try await Intake(disk: disk.path, transport: transport)
        try disk.remount("ro")
        let failure = try await intake.process.failToStart()
        #expect(failure.status != 0)
        #expect(failure.words.contains(intake.store) && failure.words.contains("Read-only"))
        try disk.remount("rw")
        try await intake.process.start()
        try await intake.postUntilAcknowledged(1)
        try await expectStored([1], in: intake)
    }

    @Test("out of descriptors, those connected are served, and others as soon as some are free")
    func descriptors() async throws {
        let launcher = ["/usr/bin/prlimit", "--nofile=64"]
        let intake = try await Intake(launcher: launcher, transport: transport)
        try await intake.process.start()
        #expect(try await intake.post(1).status == 200)
        let connected = try RawConnection(port: intake.port)
        #expect(try connected.get("/health/live") == 200)
        var idle: [RawConnection] = try (0..<100).map { _ in try RawConnection(port: intake.port) }
        for _ in 0..<50 { #expect(try connected.get("/health/live") == 200) }
        // One of the last to knock waits in the kernel, without an answer and without being turned away.
        try idle[99].send("/health/live")
        idle.removeFirst(90)
        #expect(try idle[9].status() == 200)
        try await intake.postUntilAcknowledged(2)
        try await expectStored([1, 2], in: intake)
    }

    @Test("with all connections taken, health is answered and others are told to come again")
    func connections() async throws {
        let limits = "    limits: { connections: 20 }"
        let intake = try await Intake(server: limits, transport: transport)
        try await intake.process.start()
        let idle = try (0..<30).map { _ in try RawConnection(port: intake.port) }
        for connection in idle { #expect(try connection.get("/health/live") == 200) }
        #expect(try RawConnection(port: intake.port).get("/health/live") == 200)
        #expect(try RawConnection(port: intake.port).get("/health/ready") == 200)
        #expect(try RawConnection(port: intake.port).get("/metrics") == 503)
        for connection in idle.prefix(10) { #expect(try connection.get("/health/live") == 200) }
        #expect(await intake.process.stop() == 0)
    }
}
