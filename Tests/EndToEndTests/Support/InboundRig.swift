import Foundation
import Gateway
import HTTPClient
import HTTPTypes
import Logging
import Sandbox
import Testing

/// A rig whose events come by Adobe I/O Events, Event Grid and Dataverse as well.
struct InboundRig {
    static let gridToken = "the-token-of-event-grid"
    static let dataverseToken = "the-token-of-dataverse"

    let rig: Rig
    let senders: SandboxSenders

    var eventsURL: String { rig.gatewayURL + "/events/commerce" }
    var gridURL: String { "\(rig.gatewayURL)/events/dynamics/\(Self.gridToken)" }
    var dataverseURL: String { "\(rig.gatewayURL)/events/dynamics/\(Self.dataverseToken)" }

    static func run(
        configure: (inout GatewayConfiguration, SandboxSenders) -> Void = { _, _ in },
        _ body: (InboundRig) async throws -> Void
    ) async throws {
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let senders = try SandboxSenders(transport: CurlTransport.causeway, logger: logger)
        let origin = try senders.start()
        do {
            func configureBoth(_ configuration: inout GatewayConfiguration) {
                Self.configure(&configuration, origin)
                configure(&configuration, senders)
            }
            try await Rig.run(configure: configureBoth) { rig in
                try await body(InboundRig(rig: rig, senders: senders))
            }
        } catch {
            await senders.stop()
            throw error
        }
        await senders.stop()
    }

    private static func configure(_ configuration: inout GatewayConfiguration, _ origin: String) {
        var events = CommerceEventSettings(clientID: SandboxIOEvents.clientID)
        events.keyOrigin = origin
        configuration.commerce.events = events
        configuration.dynamics.businessEvents.eventGrid = EventGridSettings(
            tokens: [Secret(gridToken)], topics: [SandboxEventGrid.topic],
            bearer: .init(
                tenant: SandboxEventGrid.tenant, audiences: [SandboxEventGrid.audience], authority: origin))
        configuration.dynamics.businessEvents.dataverse = DataverseSettings(
            tokens: [Secret(dataverseToken)], signIn: .webhookKey([Secret("the-key-of-dataverse")]))
    }

    /// Posts the invoice in F&O, which publishes it to Event Grid.
    /// - Returns: What Event Grid has to deliver.
    func publishInvoice(_ salesOrder: String) async throws -> [[UInt8]] {
        rig.sandbox.setGateway(
            webhookURL: rig.text.webhookURL(gateway: rig.gatewayURL), eventURL: senders.eventGrid.publishURL)
        try await rig.sandbox.dynamics.postInvoice(salesOrder: salesOrder, dataAreaId: "usmf")
        return senders.eventGrid.takePublished()
    }

    /// Waits for nothing: how many events the store holds.
    func metrics() async throws -> String {
        String(decoding: try await rig.send(.get, "/metrics").body, as: UTF8.self)
    }
}
