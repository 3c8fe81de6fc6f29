import Commerce
import Cryptography
import Dynamics
public import HTTPClient
import Relay

/// Both platforms as the configuration describes them.
struct Platforms: Sendable {
    let inbound: InboundSignIn
    let commerce: CommerceClient
    let dynamics: DynamicsClient
    /// Gives tokens for other resources as well, such as Service Bus.
    let signIn: DynamicsSignIn

    /// - Parameter destinations: Asked before each call; `nil` calls without asking, for a single check.
    init(
        _ configuration: GatewayConfiguration, transport: (any HTTPTransport)?, destinations: Destinations? = nil,
        clock: any WallClock = SystemClock()
    ) throws {
        let transport = transport ?? CurlTransport.causeway
        let transports = PlatformTransports(
            transport, destinations, signIn: configuration.dynamics.auth.way.service, clock)
        inbound = try InboundSignIn(configuration, transport: transport, clock: clock)
        let shop = configuration.commerce
        commerce = CommerceClient(
            endpoint: try CommerceEndpoint(
                baseURL: shop.baseURL, edition: shop.edition.commerceEdition, store: shop.store),
            authorization: BearerAuthorization(token: shop.bearerToken.reveal()),
            transport: transports.commerce)
        let settings = configuration.dynamics
        signIn = DynamicsSignIn(settings.auth.way, transport: transports.signIn)
        let odata = ODataClient(
            environment: settings.environment, tokens: signIn.tokens(for: .environment(settings.environment)),
            transport: transports.dynamics, limits: ODataLimits(settings.odata))
        dynamics = DynamicsClient(odata: odata, names: settings.entities)
    }
}

/// How each platform is called.
private struct PlatformTransports {
    let commerce: any HTTPTransport
    let dynamics: any HTTPTransport
    /// Part of the destination `dynamics`: without a token nothing can be called there.
    let signIn: any HTTPTransport

    init(
        _ transport: any HTTPTransport, _ destinations: Destinations?, signIn service: SignInService,
        _ clock: any WallClock
    ) {
        guard let destinations else {
            (commerce, dynamics, signIn) = (transport, transport, transport)
            return
        }
        commerce = GovernedTransport(transport: transport, destination: destinations.commerce) {
            CommerceFault(answer: $0, to: $1, now: clock.now())
        }
        dynamics = GovernedTransport(transport: transport, destination: destinations.dynamics) {
            ODataFault(answer: $0, to: $1, now: clock.now())
        }
        signIn = GovernedTransport(transport: transport, destination: destinations.dynamics, role: .signIn) {
            answer, _ in
            SignInFault(answer: answer, from: service, now: clock.now())
        }
    }
}

extension CurlTransport {
    /// A transport of its own for whoever asks, which introduces itself as Causeway.
    public static var causeway: CurlTransport { causeway() }

    /// - Parameter unixSocket: Where all requests go, whatever their URL says.
    public static func causeway(unixSocket: String? = nil) -> CurlTransport {
        CurlTransport(
            configuration: TransportConfiguration(userAgent: "Causeway/\(Version.current)", unixSocket: unixSocket))
    }
}

extension SignatureSettings {
    var key: WebhookKey {
        get throws {
            switch self {
            case .rsa(let pem, let signs): .rsa(try RSAPublicKey(pem: pem), signs: signs.message)
            case .hmac(let secret, let signs): try .hmacSecret(secret.reveal(), signs: signs?.message)
            }
        }
    }
}

extension SignatureSettings.SignedBytes {
    fileprivate var message: SignedMessage {
        switch self {
        case .base64Body: .base64Body
        case .rawBody: .rawBody
        }
    }
}

extension ODataLimits {
    fileprivate init(_ settings: DynamicsODataSettings) {
        self.init(
            readTimeout: settings.readTimeout, writeTimeout: settings.writeTimeout,
            firstCallTimeout: settings.firstCallTimeout)
    }
}

extension CommerceSettings.Edition {
    var commerceEdition: CommerceEndpoint.Edition {
        switch self {
        case .paas: .paas
        case .saas: .saas
        }
    }
}
