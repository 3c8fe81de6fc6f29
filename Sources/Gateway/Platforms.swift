import Commerce
import Cryptography
import Dynamics
import HTTPClient
import Relay

/// Both platforms as the configuration describes them.
struct Platforms: Sendable {
    let inbound: InboundSignIn
    let commerce: CommerceClient
    let dynamics: DynamicsClient
    /// Gives tokens for other resources as well, such as Service Bus.
    let signIn: DynamicsSignIn
    let dataManagement: DataManagementClient
    /// For Service Bus, which is part of no destination.
    let serviceBus: any HTTPTransport

    /// - Parameter destinations: Asked before each call; `nil` calls without asking, for a single check.
    init(
        _ configuration: GatewayConfiguration, transport: (any HTTPTransport)?, destinations: Destinations? = nil,
        clock: any WallClock = SystemClock()
    ) throws {
        let transports = try PlatformTransports(configuration, transport, destinations, clock)
        inbound = try InboundSignIn(
            configuration, transport: transports.adobeKeys, microsoft: transports.microsoftKeys, clock: clock)
        let shop = configuration.commerce
        let endpoint = try CommerceEndpoint(
            baseURL: shop.baseURL, edition: shop.edition.commerceEdition, store: shop.store)
        commerce = CommerceClient(
            endpoint: endpoint,
            authorization: shop.auth.authorization(endpoint, transports.commerceSignIn, clock),
            transport: transports.commerce, timeout: shop.connection.timeout ?? CommerceClient.defaultTimeout,
            batches: shop.batches, clock: clock)
        let settings = configuration.dynamics
        signIn = DynamicsSignIn(settings.auth.way, transport: transports.signIn)
        var limits = ODataLimits(settings.odata)
        limits.maxAnswerBytes = settings.connection.maxAnswer
        let tokens = signIn.tokens(for: .environment(settings.environment))
        let odata = ODataClient(
            environment: settings.environment, tokens: tokens, transport: transports.dynamics, limits: limits)
        dynamics = DynamicsClient(odata: odata, names: settings.entities)
        serviceBus = transports.serviceBus
        dataManagement = DataManagementClient(
            environment: settings.environment, tokens: tokens, transport: transports.dynamics,
            storage: transports.storage, hosts: StorageHosts(settings.packages.storageHosts),
            limits: DataManagementLimits(maxPackageBytes: settings.packages.maxPackageBytes), clock: clock)
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
