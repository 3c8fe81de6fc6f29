import Foundation
import HTTPClient
import HTTPTypes
import Testing

@testable import Gateway

@Suite("A gateway with alerts")
struct AlertLifecycleTests {
    @Test(
        "tells of a burst of wrong signatures, remembers it over a restart, and tells when it is over",
        .timeLimit(.minutes(2)))
    func burst() async throws {
        try await HookServer.serve { hook, url in
            let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(at: folder) }
            let section = """
                alerts:
                  every: 1s
                  settle: 0s
                  rules: { signatureFailures: { count: 3, within: 1h } }
                  channels: [ { slack: { url: "\(url)" } } ]
                operator:
                """
            var configuration = try ConfigurationFixture.read(
                replacing: "operator:", with: section, folder: folder.path)
            configuration.relay.intakeOnly = true
            var arrivals = hook.arrivals.makeAsyncIterator()

            let first = try Gateway(configuration: configuration, transport: NoTransport(), logger: quiet)
            let address = try await first.start()
            let client = CurlTransport.causeway
            for _ in 1...3 {
                let request = OutboundRequest(
                    method: .post, url: "http://\(address)/webhooks/commerce/order", body: Array("{}".utf8))
                #expect(try await client.send(request).status == 401)
            }
            let raised = try #require(await arrivals.next())
            #expect(raised.contains("warning: Messages from commerce are refused"))
            await first.stop()

            let second = try Gateway(configuration: configuration, transport: NoTransport(), logger: quiet)
            _ = try await second.start()
            let resolved = try #require(await arrivals.next())
            #expect(resolved.contains("over: Messages from commerce are refused"))
            await second.stop()
            #expect(hook.requests.count == 2)
        }
    }
}
