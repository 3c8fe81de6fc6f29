import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import Logging
import Relay
import Sandbox
import Testing

/// A sandbox and a gateway in this process, over real sockets and a real store, for one test.
final class Rig: Sendable {
    let sandbox: Sandbox
    let addresses: SandboxAddresses
    let gatewayURL: String
    let transport: any HTTPTransport
    let outcomes: Outcomes
    /// What the gateway sent to the platforms.
    let calls: CallLog
    let text: GatewayConfigurationText
    private let gateway: Gateway
    private let folder: TemporaryFolder

    /// `dynamics.auth` of the gateway's configuration, for a sandbox that serves.
    typealias SignIn = (Sandbox, SandboxAddresses) throws -> String

    static func run(
        _ platforms: SandboxConfiguration = SandboxConfiguration(), more: String = "",
        environment: (SandboxAddresses) -> [String: String] = { _ in [:] }, signIn: SignIn? = nil,
        dynamics: String = "", text: (inout GatewayConfigurationText) -> Void = { _ in },
        configure: (inout GatewayConfiguration) throws -> Void = { _ in }, _ body: (Rig) async throws -> Void
    ) async throws {
        let rig = try await Rig(
            platforms, more: more, environment: environment, signIn: signIn, dynamics: dynamics, change: text,
            configure)
        do {
            try await body(rig)
        } catch {
            await rig.close()
            throw error
        }
        await rig.close()
    }

    /// - Parameter dynamics: What is added to the section `dynamics`; `{d365}` stands for the sandbox's address.
    private init(
        _ platforms: SandboxConfiguration, more: String, environment: (SandboxAddresses) -> [String: String],
        signIn: SignIn?, dynamics: String, change: (inout GatewayConfigurationText) -> Void,
        _ configure: (inout GatewayConfiguration) throws -> Void
    ) async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        transport = CurlTransport.causeway
        outcomes = Outcomes()
        calls = CallLog(CurlTransport.causeway)
        folder = try TemporaryFolder()
        sandbox = try Sandbox(configuration: platforms, transport: transport, logger: logger)
        addresses = try sandbox.start()
        var text = GatewayConfigurationText(
            port: 0, store: folder.path("causeway.db"), publicKeyFile: folder.path("commerce.pem"),
            operatorToken: "operator-token-of-tests", eventToken: "event-token-of-tests",
            probesAtStart: false,
            more: more.isEmpty ? Self.quick : more)
        text.dynamicsAuth = try signIn?(sandbox, addresses)
        text.dynamics = dynamics.replacing("{d365}", with: addresses.dynamicsBaseURL)
        change(&text)
        self.text = text
        try folder.write(sandbox.commerce.publicKeyPEM, to: "commerce.pem")
        var configuration = try GatewayConfiguration.read(
            yaml: text.yaml(for: addresses, platforms), environment: environment(addresses))
        try configure(&configuration)
        // Over TLS the gateway calls as it is configured, and nobody listens.
        gateway = try Gateway(
            configuration: configuration, transport: platforms.tls == nil ? calls : nil, observer: outcomes,
            logger: logger)
        gatewayURL = "http://\(try await gateway.start())"
        sandbox.setGateway(
            webhookURL: text.webhookURL(gateway: gatewayURL), eventURL: text.eventURL(gateway: gatewayURL))
    }

    /// Short waits: a test has no 2 seconds to spare.
    static let quick = """
        relay:
          retry: { firstWait: 10ms, longestWait: 50ms }
          destinations:
            dynamics: { breaker: { coolDown: 20ms, longestCoolDown: 100ms } }
            commerce: { breaker: { coolDown: 20ms, longestCoolDown: 100ms } }
        """

    func close() async {
        await gateway.stop()
        await sandbox.stop()
    }

    /// Places an order, checks that it was acknowledged, and waits for its delivery to end.
    @discardableResult
    func carry(_ order: SandboxOrder) async throws -> Outcome {
        let placed = try await sandbox.commerce.place(order)
        #expect(placed.status == 200, "\(placed.failure ?? "")")
        return try await outcomes.next(of: "order \(order.incrementID)")
    }

    /// Posts an invoice in D365 and waits for the delivery of its event to end.
    @discardableResult
    func invoice(
        _ salesOrder: String, in dataAreaID: String = "usmf", lines: [Decimal: Decimal]? = nil
    ) async throws -> Outcome {
        try await sandbox.dynamics.postInvoice(salesOrder: salesOrder, dataAreaId: dataAreaID, lines: lines)
        return try await outcomes.next(of: "sales order \(dataAreaID)/\(salesOrder)")
    }

    func send(
        _ method: HTTPRequest.Method, _ path: String, headers: HTTPFields = [:], body: [UInt8]? = nil
    ) async throws -> OutboundResponse {
        try await transport.send(
            OutboundRequest(method: method, url: gatewayURL + path, headers: headers, body: body))
    }

    func operate(_ method: HTTPRequest.Method, _ path: String, body: String? = nil) async throws -> OutboundResponse {
        try await send(
            method, "/operator/v1" + path, headers: [.authorization: "Bearer \(text.operatorToken)"],
            body: body.map { Array($0.utf8) })
    }
}
