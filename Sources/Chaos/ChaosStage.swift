import Foundation
import Glibc
import HTTPClient
import Logging
import Sandbox
import TestSupport

/// All parts of one run, with a folder of their own.
final class ChaosStage: Sendable {
    let sandbox: Sandbox
    let addresses: SandboxAddresses
    let platforms: SandboxConfiguration
    let gateway: ServedGateway
    let transport: CurlTransport
    let acknowledgements: Acknowledgements
    let webhookURL: String
    let tally = Tally()
    private let clock: ShiftedClock?
    private let disk: SmallDisk?
    private let folder: String
    private let store: String

    private static let operatorToken = "operator-token-of-chaos"
    private static let eventToken = "event-token-of-chaos-runs"
    /// Every event of an order with its audit trail, in the store and in its log.
    private static let bytesPerOrder = 160 << 10
    private static let smallestDisk = 64 << 20

    init(plan: ChaosPlan, say: @Sendable (String) -> Void) async throws {
        guard FileManager.default.isExecutableFile(atPath: plan.executable) else {
            throw ChaosError.noExecutable(plan.executable)
        }
        folder = FileManager.default.temporaryDirectory.appending(path: "causeway-chaos-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        clock = plan.clockJumps ? ShiftedClock(folder: folder) : nil
        if plan.clockJumps, clock == nil {
            say("The clock is left alone: no C compiler (cc) made the library for it.")
        }
        let mayFill = plan.diskFull && SmallDisk.isPossible
        if plan.diskFull, !mayFill { say("The disk is never full: this user may not mount a file system in memory.") }
        disk = mayFill ? try SmallDisk("size=\(Self.smallestDisk + plan.orders * Self.bytesPerOrder)") : nil
        store = (disk?.path ?? folder) + "/causeway.db"
        transport = CurlTransport(
            configuration: TransportConfiguration(
                maxConnectionsPerHost: 256, maxConnections: 512, maxRequests: 8192, userAgent: "causeway-chaos"))
        acknowledgements = Acknowledgements(transport, tally: tally)
        platforms = Self.platforms(plan)
        sandbox = try Sandbox(
            configuration: platforms, transport: acknowledgements,
            logger: Logger(label: "chaos", factory: { _ in SwiftLogNoOpLogHandler() }))
        addresses = try sandbox.start()
        let text = GatewayConfigurationText(
            port: try FreePort.find(), store: store, publicKeyFile: folder + "/commerce.pem",
            operatorToken: Self.operatorToken, eventToken: Self.eventToken, probesAtStart: false,
            // Waits are short so that a run is.
            more: """
                relay:
                  retry: { firstWait: 100ms, longestWait: 2s }
                  lanes:
                    dynamics/OrderToSalesOrder: { concurrency: 32 }
                    commerce/InvoiceToCommerce: { concurrency: 16 }
                  destinations:
                    commerce: { concurrency: 32, breaker: { coolDown: 100ms, longestCoolDown: 500ms } }
                    dynamics: { concurrency: 32, breaker: { coolDown: 100ms, longestCoolDown: 500ms } }
                log: { level: error }
                """)
        try Data(sandbox.commerce.publicKeyPEM.utf8).write(to: URL(fileURLWithPath: folder + "/commerce.pem"))
        let configuration = folder + "/causeway.yaml"
        try Data(text.yaml(for: addresses, platforms).utf8).write(to: URL(fileURLWithPath: configuration))
        gateway = ServedGateway(
            executable: plan.executable, configuration: configuration, port: text.port, folder: folder, clock: clock,
            transport: transport)
        webhookURL = text.webhookURL(gateway: gateway.url)
        sandbox.setGateway(webhookURL: webhookURL, eventURL: text.eventURL(gateway: gateway.url))
    }

    private static func platforms(_ plan: ChaosPlan) -> SandboxConfiguration {
        var platforms = SandboxConfiguration()
        platforms.seed = plan.seed
        platforms.keepsEffects = true
        // An event is repeated until it is taken: what is not acknowledged is not what is counted here.
        platforms.dynamics.eventRetries = 100_000
        platforms.dynamics.eventRetryWait = .milliseconds(100)
        return platforms
    }

    func storm(_ plan: ChaosPlan) -> Storm {
        Storm(
            plan: plan, sandbox: sandbox, gateway: gateway, clock: clock,
            ballast: disk.map { Ballast(path: $0.path + "/ballast") }, tally: tally)
    }

    /// Changes the store, which no process uses any more.
    func deleteEvent(_ id: Int) throws { try StoreReader.delete(event: id, in: store) }

    func evidence(_ sent: [Evidence.Acknowledged]) throws -> Evidence {
        var evidence = Evidence()
        evidence.acknowledged = sent
        evidence.stored = try StoreReader.events(in: store)
        evidence.effects = sandbox.effects
        let doubles = sandbox.dynamics.doubles()
        evidence.doubles = (doubles.orders + doubles.lines + doubles.customers).map(\.description)
        for (platform, faults) in [
            ("the shop", sandbox.commerce.faults), ("D365", sandbox.dynamics.faults),
            ("the sign-in service", sandbox.dynamics.identityFaults),
        ] {
            evidence.requestsInPauses[platform] = faults.requestsInPauses
            evidence.requestsInPauses["\(platform), by the process after the one that was asked,"] =
                faults.requestsInPausesBeforeStart
        }
        // Two items and the shipping charge.
        evidence.linesPerOrder = 3
        return evidence
    }

    /// What the platforms did wrong, by kind.
    var faults: [String: Int] {
        [sandbox.commerce.faults, sandbox.dynamics.faults, sandbox.dynamics.identityFaults]
            .reduce(into: [:]) { $0.merge($1.dealt, uniquingKeysWith: +) }
    }

    func close() async {
        await gateway.kill()
        await sandbox.stop()
        await transport.close()
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }
}
