import Foundation
import HTTPServer
import HTTPTypes
import Logging
import Testing

@Suite("causeway alerts test", .timeLimit(.minutes(5)))
struct AlertCommandTests {
    private struct Hook: Responder {
        let status: HTTPResponse.Status

        func respond(to request: Request) async -> Response {
            Response(status: status, headers: [:], body: Array("said the hook".utf8))
        }
    }

    /// - Parameter channels: Given the address of a hook that answers with `status`.
    private func run(
        _ status: HTTPResponse.Status = .ok, channels: (String) -> String
    ) async throws -> (status: Int32, output: String, errors: String) {
        let server = Server(
            configuration: ServerConfiguration(), responder: Hook(status: status), logger: Logger(label: "hook"))
        let address = try server.start()
        let folder = try TemporaryFolder()
        try folder.write(
            """
            commerce:
              baseURL: https://shop.example.com
              auth: { bearer: { token: x } }
              webhooks: { signatures: [ { hmacSecret: 0123456789abcdef } ] }
            dynamics:
              environment: https://contoso.operations.dynamics.com
              auth: { clientSecret: { tenant: t, clientID: c, clientSecret: s } }
              businessEvents: { tokens: [ 0123456789abcdef ] }
            legalEntities: { default: usmf }
            alerts: { channels: [ \(channels("http://\(address)/very-secret-part")) ] }
            """, to: "causeway.yaml")
        let run = try await Command.run("alerts", "test", "--config", folder.path("causeway.yaml"))
        await server.stop(deadline: .seconds(5))
        return (run.status, run.output, run.errors)
    }

    @Test("says what each channel answered, and ends with status 0 if all took the notice")
    func works() async throws {
        let run = try await run { "{ slack: { url: \($0) } }, { teams: { url: \($0) } }" }
        #expect(run.status == 0)
        #expect(run.output.contains("slack works: answered 200: said the hook"))
        #expect(run.output.contains("teams works: answered 200: said the hook"))
    }

    @Test("ends with status 75 if a channel did not take it, and never shows the hook's address")
    func fails() async throws {
        let run = try await run(.notFound) { "{ slack: { url: \($0) } }" }
        #expect(run.status == 75)
        #expect(run.output.contains("slack failed: answered 404: said the hook"))
        #expect(!(run.output + run.errors).contains("very-secret-part"))
    }

    @Test("ends with status 78 if there is no channel")
    func nobody() async throws {
        let run = try await run { _ in "" }
        #expect(run.status == 78)
        #expect(run.errors.contains("alerts.channels"))
    }
}
