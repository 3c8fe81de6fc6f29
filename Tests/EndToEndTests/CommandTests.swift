import Foundation
import Testing

@Suite("The causeway command", .timeLimit(.minutes(5)))
struct CommandTests {
    @Test("demo --once shows every journey and ends well")
    func demo() async throws {
        let run = try await Command.run("demo", "--once")
        #expect(run.status == 0)
        #expect(run.output.contains("Every order ended as it should"))
        #expect(run.output.contains("PARKED"))
    }

    @Test("--version names the version alone")
    func version() async throws {
        let run = try await Command.run("--version")
        #expect(run.status == 0)
        #expect(run.output.wholeMatch(of: #/\d+\.\d+\.\d+\n/#) != nil)
    }

    @Test(
        "a mistake in the configuration ends with status 78, naming line, key, what was found and what was expected")
    func wrongConfiguration() async throws {
        let folder = try TemporaryFolder()
        try folder.write("server: { port: many }\nserverr: {}\n", to: "causeway.yaml")
        for command in ["serve", "check"] {
            let run = try await Command.run(command, "--config", folder.path("causeway.yaml"))
            #expect(run.status == 78)
            #expect(run.errors.contains("causeway.yaml:1:17: server.port: found \"many\"; expected"))
            #expect(run.errors.contains("serverr"))
        }
    }

    @Test("a configuration file that is not there ends with status 78 and its path")
    func missingConfiguration() async throws {
        let run = try await Command.run("serve", "--config", "/nonexistent/causeway.yaml")
        #expect(run.status == 78)
        #expect(run.errors.contains("/nonexistent/causeway.yaml"))
    }

    @Test("an unknown option ends with status 64 and the usage")
    func wrongUsage() async throws {
        let run = try await Command.run("serve", "--nonsense")
        #expect(run.status == 64)
        #expect(run.errors.contains("Usage: causeway serve"))
    }

    @Test("events without a running gateway end with status 75 and say what to do")
    func noGateway() async throws {
        let port = try await FreePort.find()
        let run = try await Command.run(
            "events", "list", "--url", "http://127.0.0.1:\(port)", "--token", "operator-token-of-tests")
        #expect(run.status == 75)
        #expect(run.errors.contains("Is it running?"))
    }
}
