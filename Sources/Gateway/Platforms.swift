import Commerce
import Cryptography
import Dynamics
public import HTTPClient
import Relay

/// Both platforms as the configuration describes them.
struct Platforms: Sendable {
    let signatures: WebhookSignatures
    let commerce: CommerceClient
    let dynamics: DynamicsClient

    init(_ configuration: GatewayConfiguration, transport: (any HTTPTransport)?) throws {
        let transport = transport ?? CurlTransport.causeway
        signatures = WebhookSignatures(try configuration.commerce.signatures.map { try $0.key })
        let shop = configuration.commerce
        commerce = CommerceClient(
            endpoint: try CommerceEndpoint(
                baseURL: shop.baseURL, edition: shop.edition.commerceEdition, store: shop.store),
            authorization: BearerAuthorization(token: shop.bearerToken.reveal()), transport: transport)
        let settings = configuration.dynamics
        let tokens = EntraTokenSource(
            tenant: settings.auth.tenant, clientID: settings.auth.clientID,
            clientSecret: settings.auth.clientSecret.reveal(), authority: settings.auth.authority,
            resource: settings.environment, transport: transport)
        dynamics = DynamicsClient(
            odata: ODataClient(environment: settings.environment, tokens: tokens, transport: transport))
    }
}

extension CurlTransport {
    /// A transport of its own for whoever asks, which introduces itself as Causeway.
    public static var causeway: CurlTransport {
        CurlTransport(configuration: TransportConfiguration(userAgent: "Causeway/\(Version.current)"))
    }
}

extension SignatureSettings {
    fileprivate var key: WebhookKey {
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

extension CommerceSettings.Edition {
    var commerceEdition: CommerceEndpoint.Edition {
        switch self {
        case .paas: .paas
        case .saas: .saas
        }
    }
}
