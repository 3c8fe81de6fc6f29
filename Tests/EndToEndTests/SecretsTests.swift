import Foundation
import Gateway
import HTTPClient
import Logging
import Sandbox
import TestSupport
import Testing

@Suite("causeway secrets", .timeLimit(.minutes(5)))
struct SecretsTests {
    /// A folder with a configuration that names a master key, and nothing else that is right.
    private final class Stage: Sendable {
        let folder: TemporaryFolder

        init() throws {
            folder = try TemporaryFolder()
            try folder.write(String(repeating: "0a", count: 32) + "\n", to: "master.key")
            try folder.write("secrets: { masterKey: \"${file:master.key}\" }\n", to: "causeway.yaml")
        }

        var configuration: String { folder.path("causeway.yaml") }

        func secrets(_ arguments: String...) async throws -> Command {
            try await Command.run(["secrets"] + arguments + ["--config", configuration])
        }

        /// - Parameter value: Given to the command's standard input.
        func set(_ name: String, _ value: String) async throws -> Command {
            try folder.write(value, to: "value")
            let (output, errors) = (folder.path("output"), folder.path("errors"))
            let line = "exec \"$0\" secrets set \"$1\" --config \"$2\" < \"$3\""
            let process = try ChildProcess(
                "/bin/sh", ["-c", line, Command.executable, name, configuration, folder.path("value")],
                output: .file(output), errors: .file(errors))
            return Command(
                status: await process.ended(), output: try String(contentsOfFile: output, encoding: .utf8),
                errors: try String(contentsOfFile: errors, encoding: .utf8))
        }
    }

    @Test("keeps, lists, seals anew and forgets, and never shows a value")
    func life() async throws {
        let stage = try Stage()
        let set = try await stage.set("d365.secret", "hunter2\n")
        #expect(set.status == 0, "\(set.errors)")
        #expect(set.output == "d365.secret is kept. Refer to it as ${secret:d365.secret}.\n")
        let list = try await stage.secrets("list")
        #expect(list.output.contains(/d365\.secret  \S+Z  \S+Z  masterKey/))
        try stage.folder.write(String(repeating: "0b", count: 32), to: "new.key")
        try stage.folder.write(
            "secrets: { masterKey: \"${file:new.key}\", previousMasterKey: \"${file:master.key}\" }\n",
            to: "causeway.yaml")
        #expect(try await stage.secrets("list").output.contains("previousMasterKey"))
        #expect(try await stage.secrets("rotate").output == "1 sealed with masterKey.\n")
        let json = try await stage.secrets("list", "--json")
        #expect(json.output.contains(#""key" : "masterKey""#))
        let kept = try String(contentsOfFile: stage.folder.path("causeway.secrets"), encoding: .utf8)
        #expect(![set.output, list.output, json.output, kept].contains { $0.contains("hunter2") })
        #expect(try await stage.secrets("remove", "d365.secret").status == 0)
        #expect(try await stage.secrets("list").output == "NAME  CREATED  CHANGED  OPENED BY\n")
    }

    @Test("refuses what cannot be kept, with what to do")
    func refusals() async throws {
        let stage = try Stage()
        let empty = try await stage.set("a", "\n")
        #expect(empty.status == 1)
        #expect(empty.errors == "the value is empty.\n")
        #expect(try await stage.set("a b", "x").errors.contains("is no name for a secret"))
        #expect(try await stage.secrets("remove", "a").status == 1)
        try stage.folder.write("secrets: {}\n", to: "causeway.yaml")
        let keyless = try await stage.set("a", "x")
        #expect(keyless.status == 78)
        #expect(keyless.errors == "secrets.masterKey is not set.\n")
    }

    @Test("a gateway signs in with what is sealed in the file and with what the key vault holds")
    func connects() async throws {
        let stage = try Stage()
        let platforms = SandboxConfiguration()
        let sandbox = try Sandbox(
            configuration: platforms, transport: CurlTransport.causeway,
            logger: Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() }))
        let addresses = try sandbox.start()
        try stage.folder.write(sandbox.commerce.publicKeyPEM, to: "commerce.pem")
        let text = GatewayConfigurationText(
            port: 0, store: "causeway.db", publicKeyFile: "commerce.pem", operatorToken: "operator-token-of-tests",
            eventToken: "event-token-of-tests",
            more: """
                secrets:
                  masterKey: "${file:master.key}"
                  keyVault:
                    url: "\(addresses.authorityURL)"
                    auth: { managedIdentity: { endpoint: "\(addresses.authorityURL)" } }
                """)
        let yaml = text.yaml(for: addresses, platforms)
            .replacing(platforms.dynamics.clientSecret, with: "${secret:d365}")
            .replacing(platforms.commerce.bearerToken, with: "${vault:commerce-token}")
        try stage.folder.write(yaml, to: "causeway.yaml")
        func check() async throws -> Command {
            try await Command.run("check", "--connect", "--config", stage.configuration)
        }
        let nothing = try await check()
        #expect(nothing.status == 78)
        #expect(nothing.errors.contains("expected a secret of that name (causeway secrets set d365)"))
        #expect(nothing.errors.contains("${vault:commerce-token}, which \(addresses.authorityURL) does not hold"))
        _ = try await stage.set("d365", platforms.dynamics.clientSecret)
        sandbox.dynamics.identity.vault = ["commerce-token": platforms.commerce.bearerToken]
        let all = try await check()
        #expect(all.status == 0, "\(all.errors) \(all.output)")
        #expect(all.output.contains("commerce works"))
        #expect(all.output.contains("dynamics works"))
        await sandbox.stop()
        let away = try await check()
        #expect(away.status == 75)
        #expect(away.errors.contains("The key vault \(addresses.authorityURL) cannot be asked"))
    }
}
