import Foundation
import HTTPClient
import HTTPTypes
import Logging
import Testing

@testable import Gateway

/// A gateway with a store of its own in a folder that is removed afterwards.
private func withGateway(_ body: (Gateway, GatewayConfiguration) async throws -> Void) async throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var configuration = try ConfigurationFixture.read(folder: folder.path)
    configuration.relay.intakeOnly = true
    let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
    let gateway = try Gateway(configuration: configuration, transport: NoTransport(), logger: logger)
    try await body(gateway, configuration)
    await gateway.stop()
}

@Suite("A gateway")
struct GatewayLifecycleTests {
    private let client = CurlTransport.causeway

    private func get(_ path: String, _ address: String) async throws -> OutboundResponse {
        try await client.send(OutboundRequest(method: .get, url: "http://\(address)\(path)", timeout: .seconds(20)))
    }

    @Test("stores what it acknowledges, and still knows it after a restart")
    func restart() async throws {
        try await withGateway { gateway, configuration in
            let address = try await gateway.start()
            let body = #"{"order":{"increment_id":"000000042"}}"#
            let name = try #require(HTTPField.Name("x-adobe-commerce-webhook-signature"))
            let webhook = OutboundRequest(
                method: .post, url: "http://\(address)/webhooks/commerce/order",
                headers: [name: RouteFixture.signature(of: body)], body: Array(body.utf8), timeout: .seconds(20))
            #expect(try await client.send(webhook).status == 200)
            #expect(try await get("/health/ready", "\(address)").status == 200)
            await gateway.stop()

            let next = try Gateway(
                configuration: configuration, transport: NoTransport(), logger: Logger(label: "test"))
            let again = try await next.start()
            let list = OutboundRequest(
                method: .get, url: "http://\(again)/operator/v1/events",
                headers: [.authorization: "Bearer unguessable-operator-token"], timeout: .seconds(20))
            let text = String(decoding: try await client.send(list).body, as: UTF8.self)
            #expect(text.contains(#""subject":"order 000000042""#))
            await next.stop()
        }
    }

    @Test("answers nobody after it was stopped, and can be stopped twice")
    func stop() async throws {
        try await withGateway { gateway, _ in
            let address = try await gateway.start()
            await gateway.stop()
            await gateway.stop()
            await #expect(throws: TransportError.self) { try await get("/health/live", "\(address)") }
        }
    }

    @Test("starts once")
    func startTwice() async throws {
        try await withGateway { gateway, _ in
            _ = try await gateway.start()
            await #expect(throws: GatewayError.startedBefore) { try await gateway.start() }
        }
    }

    @Test("does not start on a store that another one holds, and says that this may pass")
    func storeInUse() async throws {
        try await withGateway { gateway, configuration in
            _ = try await gateway.start()
            let other = try Gateway(
                configuration: configuration, transport: NoTransport(), logger: Logger(label: "test"))
            let error = await #expect(throws: (any Error).self) { try await other.start() }
            #expect(error.map(GatewayError.mayPass) == true)
        }
    }

    @Test("tells which platform cannot be reached, and why")
    func connectionCheck() async throws {
        let check = try ConnectionCheck(try ConfigurationFixture.read(), transport: NoTransport())
        let results = await check.run()
        #expect(results.map(\.destination) == ["commerce", "dynamics"])
        #expect(results.allSatisfy { !$0.isWorking && $0.problems.count == 1 })
    }
}
