public import HTTPClient
import HTTPServer
public import Logging
import Synchronization

/// Adobe Commerce and Dynamics 365 simulated in this process and served on loopback: for demonstrations, tests and
/// rehearsals. As strict as the platforms are known to be, and with knobs for what goes wrong with them.
public final class Sandbox: Sendable {
    public let commerce: SandboxCommerce
    public let dynamics: SandboxDynamics

    private let journal: EffectJournal
    private let configuration: SandboxConfiguration
    private let logger: Logger
    private let servers = Mutex<[Server]>([])

    /// - Parameter transport: Sends webhooks and business events.
    /// - Throws: If no key pair could be made.
    public init(configuration: SandboxConfiguration, transport: any HTTPTransport, logger: Logger) throws {
        self.configuration = configuration
        self.logger = logger
        journal = EffectJournal(isOn: configuration.keepsEffects)
        commerce = try SandboxCommerce(
            configuration: configuration.commerce, scheme: configuration.scheme, transport: transport,
            seed: configuration.seed, now: configuration.now, journal: journal)
        dynamics = SandboxDynamics(
            configuration: configuration.dynamics, transport: transport, seed: configuration.seed &+ 1,
            now: configuration.now, journal: journal, logger: logger)
    }

    /// Where webhooks and business events go from now on; `nil` stops them.
    public func setGateway(webhookURL: String?, eventURL: String?) {
        commerce.setWebhookURL(webhookURL)
        dynamics.setEventURL(eventURL)
    }

    /// What was done to orders, in order, if `SandboxConfiguration.keepsEffects` is set.
    public var effects: [SandboxEffect] { journal.effects }

    /// - Throws: `SandboxError.alreadyStarted`, or the server's error if a port is taken.
    public func start() throws -> SandboxAddresses {
        guard servers.withLock({ $0.isEmpty }) else { throw SandboxError.alreadyStarted }
        let commerceURL = try serve(
            SandboxSite(platform: commerce, operatorSurface: OperatorSurface(commerce, dynamics)),
            port: configuration.commerce.port)
        let dynamicsURL = try serve(dynamics, port: configuration.dynamics.port)
        let isOnPremises = configuration.dynamics.isOnPremises
        let environment = dynamicsURL + (isOnPremises ? DynamicsCore.onPremisesPath : "")
        dynamics.environmentURL = environment
        return SandboxAddresses(
            commerceBaseURL: commerceURL, dynamicsBaseURL: environment,
            authorityURL: dynamicsURL + (isOnPremises ? "/adfs" : ""), operatorURL: commerceURL)
    }

    private func serve(_ responder: any Responder, port: Int) throws -> String {
        let credentials = try configuration.tls.map { tls in
            try TLSCredentials(
                TLSConfiguration(certificate: tls.certificate, key: tls.key, clientCA: tls.clientCA))
        }
        let listener = ListenerConfiguration(
            name: "sandbox", address: SocketAddress(host: configuration.host, port: port), tls: credentials,
            responder: responder)
        let server = Server(
            configuration: ServerConfiguration(), listeners: [listener], observer: NoServerObserver(), logger: logger)
        let address = try server.start()
        servers.withLock { $0.append(server) }
        return "\(configuration.scheme)://\(address)"
    }

    /// Requests that take longer than this to finish are cut off.
    private static let stopDeadline = Duration.seconds(2)

    public func stop() async {
        let running = servers.withLock { servers in
            defer { servers = [] }
            return servers
        }
        for server in running { await server.stop(deadline: Self.stopDeadline) }
    }
}

/// The shop's listener: its own interface, and the operator's beside it.
struct SandboxSite: Responder {
    let platform: any Responder
    let operatorSurface: OperatorSurface

    func respond(to request: Request) async -> Response {
        guard request.path.hasPrefix(OperatorSurface.prefix) else { return await platform.respond(to: request) }
        return await operatorSurface.respond(to: request)
    }
}
