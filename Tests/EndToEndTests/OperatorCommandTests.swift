import Foundation
import Gateway
import HTTPClient
import Logging
import Relay
import Sandbox
import Testing

@Suite("The commands of an operator", .timeLimit(.minutes(5)))
struct OperatorCommandTests {
    private static let unknownItem = "MYSTERY-99"

    private func run(_ rig: Rig, _ arguments: String...) async throws -> Command {
        try await Command.run(arguments + ["--url", rig.gatewayURL, "--token", rig.text.operatorToken])
    }

    @Test("an order's trace tells its story: what came, what was sent, what came of it, who did what")
    func trace() async throws {
        try await Rig.run { rig in
            try await rig.carry(.simple(incrementID: "000000001").with(unknownItem: Self.unknownItem))
            let event = try #require(rig.outcomes.story.newest["order 000000001"])
            let skip = try await run(rig, "events", "skip", "\(event)", "--why", "entered by hand", "--by", "anna")
            #expect(skip.output == "skipped: delivery 1\n")
            let trace = try await run(rig, "trace", "--order", "000000001")
            #expect(trace.status == 0)
            let lines = trace.output.split(separator: "\n")
            #expect(lines.first == "order 000000001: 1 event")
            let story = [
                "received, ", "attempt 1 of OrderToSalesOrder", "POST dynamics /data/SalesOrderHeadersV2 → 201",
                "= SO-000001", "POST dynamics /data/SalesOrderLinesV3 → 400", "[ms-dyn-aid ",
                "attempt 1 ended as parked", #"anna: skip, "entered by hand""#, "OrderToSalesOrder is skipped",
                "↔ order 000000001 = SO-000001 (usmf)",
            ]
            var rest = trace.output[...]
            for part in story {
                let found = try #require(rest.firstRange(of: part), "\(part) in \(rest)")
                rest = rest[found.upperBound...]
            }
        }
    }

    @Test("many are replayed after a count; a script says yes beforehand, or nothing happens")
    func replayMany() async throws {
        try await Rig.run { rig in
            for number in 1...2 {
                try await rig.carry(.simple(incrementID: "00000000\(number)").with(unknownItem: Self.unknownItem))
            }
            try rig.sandbox.dynamics.release(SandboxItem(Self.unknownItem), dataAreaId: "usmf")
            let look = try await run(rig, "events", "replay", "--reason", "d365-validation", "--dry-run")
            #expect(look.status == 0 && look.output == "Would replay 2 deliveries of 2 events (2 parked).\n")
            let unasked = try await run(rig, "events", "replay", "--reason", "d365-validation", "--why", "released")
            #expect(unasked.status == 64 && unasked.errors.contains("--yes"))
            let done = try await run(
                rig, "events", "replay", "--reason", "d365-validation", "--why", "released", "--yes")
            #expect(done.status == 0 && done.output == "put back: 2 deliveries\n")
            for number in 1...2 {
                #expect(try await rig.outcomes.next(of: "order 00000000\(number)").state == .done)
            }
            let again = try await run(
                rig, "events", "replay", "--reason", "d365-validation", "--why", "released", "--yes")
            #expect(again.status == 0 && again.output == "Nothing to replay.\n")
        }
    }

    @Test("lanes are paused and resumed, and say so")
    func lanes() async throws {
        try await Rig.run { rig in
            let lane = "dynamics/OrderToSalesOrder"
            let pause = try await run(rig, "lanes", "pause", lane, "--until", "2h", "--why", "maintenance")
            #expect(pause.status == 0 && pause.output.hasPrefix("\(lane) is paused until "))
            let list = try await run(rig, "lanes", "list")
            #expect(list.output.contains("paused until ") && list.output.contains(": maintenance"))
            let resume = try await run(rig, "lanes", "resume", lane, "--why", "over")
            #expect(resume.output == "\(lane) goes on\n")
            let acts = try await run(rig, "acts")
            #expect(acts.output.contains("maintenance") && acts.output.contains("resume"))
        }
    }

    @Test(
        "what is not said properly changes nothing, and the answer says what to do",
        arguments: [
            (["events", "replay", "1"], 64, "--why"), (["events", "skip", "--why", "x"], 64, "filter"),
            (["events", "replay", "1", "--flow", "F", "--why", "x"], 64, "not both"),
            (["events", "resend", "1", "--why", "x"], 64, "--body"),
            (["events", "resend", "1", "--patch", "header", "--why", "x"], 64, "header=patch.json"),
            (["events", "resend", "1", "--body", "/nonexistent", "--why", "x"], 64, "/nonexistent"),
            (["trace"], 64, "--order"), (["trace", "--order", "1", "--email", "a@b.c"], 64, "one of"),
            (["events", "replay", "99", "--why", "x"], 1, "No such event"),
            (["events", "list", "--since", "soon"], 1, "since"),
            (["lanes", "pause", "nowhere", "--why", "x"], 1, "No such lane"),
            (["lanes", "pause", "dynamics", "--until", "yesterday", "--why", "x"], 1, "until"),
            (["events", "replay", "--state", "broken", "--dry-run"], 1, "states[0]"),
        ] as [([String], Int32, String)])
    func refused(arguments: [String], status: Int32, word: String) async throws {
        try await Rig.run { rig in
            let run = try await Command.run(arguments + ["--url", rig.gatewayURL, "--token", rig.text.operatorToken])
            #expect(run.status == status)
            #expect(run.errors.contains(word), "\(run.errors)")
            #expect(run.output.isEmpty)
        }
    }

    @Test("the operator's socket is found through the configuration, or by its path")
    func unixSocket() async throws {
        let folder = try TemporaryFolder()
        let platforms = SandboxConfiguration()
        let sandbox = try Sandbox(
            configuration: platforms, transport: CurlTransport.causeway,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let addresses = try sandbox.start()
        let text = GatewayConfigurationText(
            port: try await FreePort.find(), store: folder.path("causeway.db"),
            publicKeyFile: folder.path("commerce.pem"), operatorToken: "operator-token-of-tests",
            eventToken: "event-token-of-tests")
        let socket = folder.path("operator.sock")
        let yaml = text.yaml(for: addresses, platforms)
            .replacing(
                "  port: \(text.port)\n",
                with: "  port: \(text.port)\n  listeners: { operator: { unix: \(socket) } }\n")
        try folder.write(sandbox.commerce.publicKeyPEM, to: "commerce.pem")
        try folder.write(yaml, to: "causeway.yaml")
        let gateway = ServedProcess(
            configuration: folder.path("causeway.yaml"), port: text.port, transport: CurlTransport.causeway)
        try await gateway.start()
        let found = try await Command.run("lanes", "--config", folder.path("causeway.yaml"))
        #expect(found.status == 0 && found.output.contains("dynamics/OrderToSalesOrder"))
        let named = try await Command.run("acts", "--url", "unix:\(socket)", "--token", "operator-token-of-tests")
        #expect(named.status == 0 && named.output == "Nobody has changed anything.\n")
        let wrong = try await Command.run("acts", "--url", "unix:\(socket)x", "--token", "operator-token-of-tests")
        #expect(wrong.status == 75 && wrong.errors.contains("\(socket)x"))
        await gateway.stop()
        await sandbox.stop()
    }
}
