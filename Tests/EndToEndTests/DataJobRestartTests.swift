import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import Logging
import Relay
import Sandbox
import Testing

@Suite("Imports of data packages and restarts", .timeLimit(.minutes(5)))
struct DataJobRestartTests {
    private struct JobPage: Decodable {
        var state: String
        var reason: Reason?
    }

    private static let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    private let folder: TemporaryFolder
    private let transport = CurlTransport.causeway

    init() throws { folder = try TemporaryFolder() }

    private func configuration(_ sandbox: Sandbox, _ addresses: SandboxAddresses) throws -> GatewayConfiguration {
        var text = GatewayConfigurationText(
            port: 0, store: folder.path("causeway.db"), publicKeyFile: folder.path("commerce.pem"),
            operatorToken: "operator-token-of-tests", eventToken: "event-token-of-tests")
        text.dynamics = "packages: { storageHosts: [ 127.0.0.1 ] }"
        try folder.write(sandbox.commerce.publicKeyPEM, to: "commerce.pem")
        return try GatewayConfiguration.read(yaml: text.yaml(for: addresses, SandboxConfiguration()))
    }

    private func call(_ method: HTTPRequest.Method, _ url: String, _ body: String? = nil) async throws -> JobPage {
        let answer = try await transport.send(
            OutboundRequest(
                method: method, url: url, headers: [.authorization: "Bearer operator-token-of-tests"],
                body: body.map { Array($0.utf8) }))
        return try JSONDecoder().decode(JobPage.self, from: Data(answer.body))
    }

    @Test(
        "An import goes on with the next start, also when the process ended between question and answer",
        arguments: [
            false, true,
        ])
    func resumes(losesAnswer: Bool) async throws {
        let sandbox = try Sandbox(
            configuration: SandboxConfiguration(), transport: transport, logger: Self.logger)
        let configuration = try configuration(sandbox, try sandbox.start())
        let management = sandbox.dynamics.dataManagement
        management.faults.looksBeforeEnd = 0
        if losesAnswer { management.faults.nextAnswersLost = 1 }

        let first = try Gateway(configuration: configuration, logger: Self.logger)
        let jobs = "http://\(try await first.start())/operator/v1/jobs"
        let order = #"{"kind":"import","project":"Web","entity":"Customers V3","legalEntity":"usmf","data":"A\n1\n"}"#
        #expect(try await call(.post, jobs, order).state == "prepared")
        let begun = losesAnswer ? "uploaded" : "running"
        while try await call(.get, jobs + "/1").state != begun { try await Task.sleep(for: .milliseconds(10)) }
        await first.stop()
        #expect(management.executions.count == 1)

        let second = try Gateway(configuration: configuration, logger: Self.logger)
        let again = "http://\(try await second.start())/operator/v1/jobs/1"
        var page = try await call(.get, again)
        #expect(["uploaded", "running", "succeeded"].contains(page.state))
        while page.state == "uploaded" || page.state == "running" {
            try await Task.sleep(for: .milliseconds(50))
            page = try await call(.get, again)
        }
        #expect(page.state == "succeeded" && page.reason == nil)
        let execution = try #require(management.executions.keys.first)
        #expect(management.begins(of: execution) == 1)
        await second.stop()
        await sandbox.stop()
    }
}
