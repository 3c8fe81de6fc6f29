import ArgumentParser
import Foundation
import Gateway
import HTTPClient
import Logging
import Sandbox

struct SandboxCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sandbox",
        abstract: "Serve a simulated Adobe Commerce and D365 F&O on loopback, to rehearse with.",
        discussion: """
            Sends signed webhooks and business events to the gateway, and refuses what the real platforms refuse. \
            Place orders, post invoices and switch faults on under /sandbox/v1 of the shop's address.
            """)

    @Option(help: "The shop's port.")
    var commercePort = 8081

    @Option(help: "The ERP's port.")
    var dynamicsPort = 8082

    @Option(help: "Where the gateway listens.")
    var gateway = "http://127.0.0.1:8080"

    @Option(help: "Write a causeway.yaml that fits, and the shop's public key, into this folder.")
    var writeConfig: String?

    func validate() throws {
        guard let url = URL(string: gateway), url.scheme == "http", url.host() != nil else {
            throw ValidationError("--gateway is \"\(gateway)\"; expected http://host:port.")
        }
    }

    func run() async throws {
        let signals = StopSignals()
        var configuration = SandboxConfiguration()
        configuration.commerce.port = commercePort
        configuration.dynamics.port = dynamicsPort
        let handler = LineLogHandler(LogSettings())
        let logger = Logger(label: "sandbox", factory: { _ in handler })
        let sandbox = try Sandbox(configuration: configuration, transport: CurlTransport.causeway, logger: logger)
        let addresses = try sandbox.start()
        // Fixed secrets: everything here is on loopback and simulated, and a rehearsal wants to be repeatable.
        let text = GatewayConfigurationText(
            port: URL(string: gateway)?.port ?? 8080, store: "causeway.db", publicKeyFile: "commerce.pem",
            operatorToken: "sandbox-operator-token", eventToken: "sandbox-event-token")
        sandbox.setGateway(webhookURL: text.webhookURL(gateway: gateway), eventURL: text.eventURL(gateway: gateway))
        if let writeConfig {
            try write(text.yaml(for: addresses, configuration), sandbox.commerce.publicKeyPEM, into: writeConfig)
        }
        print(
            """
            Adobe Commerce    \(addresses.commerceBaseURL)
            Dynamics 365 F&O  \(addresses.dynamicsBaseURL)
            Gateway           \(gateway)

            Place an order:   curl -X POST \(addresses.operatorURL)/sandbox/v1/orders -d '{"kind":"simple"}'
            Send it yourself: add "send":false, then curl \(addresses.operatorURL)/sandbox/v1/webhooks/ORDER
            See both sides:   curl \(addresses.operatorURL)/sandbox/v1/state
            Ctrl-C ends it.
            """)
        // Also into a file or a pipe, where it would wait for the end otherwise.
        fflush(nil)
        _ = await signals.first()
        await sandbox.stop()
    }

    private func write(_ yaml: String, _ publicKey: String, into folder: String) throws {
        let folder = URL(fileURLWithPath: folder)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(publicKey.utf8).write(to: folder.appending(path: "commerce.pem"))
        let file = folder.appending(path: "causeway.yaml")
        guard !FileManager.default.fileExists(atPath: file.path) else {
            return print("\(file.path) exists and is left as it is.")
        }
        try Data(yaml.utf8).write(to: file)
        print("Wrote \(file.path) and commerce.pem beside it.")
    }
}
