import Foundation
import Gateway
import HTTPClient
import HTTPServer
import Logging
import Relay
import Sandbox

import enum Cryptography.SecureRandom

/// A shop and an ERP on loopback, a gateway between them, and a folder for its store: all that the demo plays on.
final class DemoStage: Sendable {
    let sandbox: Sandbox
    let addresses: SandboxAddresses
    /// `http://127.0.0.1:8080`
    let gatewayURL: String
    let operatorToken: String
    let folder: URL
    private let gateway: Gateway

    private static let packingSlipEvent = "DemoPackingSlipPosted"

    /// - Parameter port: 0 takes any free port.
    /// - Throws: `ServerError` if the port is taken, and whatever keeps a gateway from starting.
    init(port: Int, observer: any RelayObserver) async throws {
        let handler = LineLogHandler(LogSettings(level: .critical))
        let logger = Logger(label: "causeway", factory: { _ in handler })
        folder = FileManager.default.temporaryDirectory.appending(path: "causeway-demo-\(SecureRandom.hex(bytes: 4))")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)

        var platforms = SandboxConfiguration()
        // Standard F&O tells of no packing slip; companies add an event of their own.
        platforms.dynamics.shippingEvents.packingSlip = Self.packingSlipEvent
        sandbox = try Sandbox(configuration: platforms, transport: CurlTransport.causeway, logger: logger)
        addresses = try sandbox.start()
        operatorToken = SecureRandom.hex(bytes: 16)
        var text = GatewayConfigurationText(
            port: port, store: "causeway.db", publicKeyFile: "commerce.pem", operatorToken: operatorToken,
            eventToken: SecureRandom.hex(bytes: 16),
            more: """
                log: { level: critical }
                reconciliation: { period: 1d, settle: 0s, confirm: 0s }
                """)
        text.eventRoutes = """
            businessEvents:
                tokens: [ \(text.eventToken) ]
                routes: { \(Self.packingSlipEvent): ShipmentToCommerce }
            """
        try Data(sandbox.commerce.publicKeyPEM.utf8).write(to: folder.appending(path: "commerce.pem"))
        let yaml = folder.appending(path: "causeway.yaml")
        try Data(text.yaml(for: addresses, platforms).utf8).write(to: yaml)

        let configuration = try GatewayConfiguration.load(path: yaml.path)
        gateway = try Gateway(configuration: configuration, observer: observer, logger: logger)
        do {
            gatewayURL = "http://\(try await gateway.start())"
        } catch {
            await sandbox.stop()
            try? FileManager.default.removeItem(at: folder)
            throw error
        }
        sandbox.setGateway(
            webhookURL: text.webhookURL(gateway: gatewayURL), eventURL: text.eventURL(gateway: gatewayURL))
    }

    /// Stops everything and removes the folder.
    func close() async {
        await gateway.stop()
        await sandbox.stop()
        try? FileManager.default.removeItem(at: folder)
    }
}
