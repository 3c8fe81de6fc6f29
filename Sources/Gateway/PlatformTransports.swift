import Commerce
import Dynamics
public import HTTPClient
import Relay

/// How each platform is called: over connections of its own, and only while its destination takes calls.
struct PlatformTransports: Sendable {
    let commerce: any HTTPTransport
    let dynamics: any HTTPTransport
    /// Part of the destination `dynamics`: without a token nothing can be called there.
    let signIn: any HTTPTransport
    /// Part of the destination `commerce`.
    let commerceSignIn: any HTTPTransport
    /// For the keys that incoming events are signed with; part of no destination.
    let adobeKeys: any HTTPTransport
    let microsoftKeys: any HTTPTransport
    /// Blob storage is a server of its own: what is wrong with it says nothing about F&O.
    let storage: any HTTPTransport
    let serviceBus: any HTTPTransport

    /// - Parameters:
    ///   - transport: Takes the place of all connections.
    ///   - destinations: `nil` calls without asking.
    init(
        _ configuration: GatewayConfiguration, _ transport: (any HTTPTransport)?, _ destinations: Destinations?,
        _ clock: any WallClock
    ) throws {
        let (shop, erp) = (configuration.commerce, configuration.dynamics)
        let toShop = try transport ?? CurlTransport.causeway(shop.connection, servers: [shop.baseURL])
        let toIMS = try shop.auth.signInURL.map {
            try transport ?? CurlTransport.causeway(shop.connection, servers: [$0])
        }
        let toERP = try transport ?? CurlTransport.causeway(erp.connection, servers: [erp.environment])
        // Addresses of sign-in services and of keys are configured or built in, and their users look at them.
        let toSignIn = try transport ?? CurlTransport.causeway(erp.connection, servers: nil)
        adobeKeys = try transport ?? CurlTransport.causeway(shop.connection, servers: nil)
        microsoftKeys = toSignIn
        storage = toERP
        serviceBus =
            try transport
            ?? CurlTransport.causeway(erp.connection, servers: erp.serviceBus.map { [$0.place.namespace] } ?? [])
        guard let destinations else {
            (commerce, dynamics, signIn, commerceSignIn) = (toShop, toERP, toSignIn, toIMS ?? toShop)
            return
        }
        commerce = GovernedTransport(transport: toShop, destination: destinations.commerce) {
            CommerceFault(answer: $0, to: $1, now: clock.now())
        }
        let shopService: CommerceSignInService = toIMS == nil ? .shop : .ims
        commerceSignIn = GovernedTransport(
            transport: toIMS ?? toShop, destination: destinations.commerce, role: .signIn
        ) { answer, _ in
            CommerceSignInFault(outage: answer, of: shopService, now: clock.now())
        }
        let service = erp.auth.way.service
        dynamics = GovernedTransport(transport: toERP, destination: destinations.dynamics) {
            ODataFault(answer: $0, to: $1, now: clock.now())
        }
        signIn = GovernedTransport(transport: toSignIn, destination: destinations.dynamics, role: .signIn) {
            answer, _ in
            SignInFault(answer: answer, from: service, now: clock.now())
        }
    }
}

extension CommerceAuthSettings {
    /// Where tokens come from, if not from the shop itself.
    fileprivate var signInURL: String? {
        if case .ims(let ims) = self { ims.tokenURL } else { nil }
    }

    /// - Parameter transport: For asking for a token.
    func authorization(
        _ endpoint: CommerceEndpoint, _ transport: any HTTPTransport, _ clock: any WallClock
    ) -> any CommerceAuthorization {
        switch self {
        case .bearer(let token):
            return BearerAuthorization(token: token.reveal())
        case .oauth1(let keys):
            let credentials = OAuthCredentials(
                consumerKey: keys.consumerKey, consumerSecret: keys.consumerSecret.reveal(),
                accessToken: keys.accessToken.reveal(), accessTokenSecret: keys.accessTokenSecret.reveal())
            return OAuthAuthorization(credentials: credentials, clock: clock)
        case .adminToken(let admin):
            let source = AdminSignIn(
                endpoint: endpoint, user: admin.user, password: admin.password.reveal(), life: admin.lifetime,
                transport: transport, clock: clock)
            return TokenAuthorization(source: source, advice: AdminSignIn.advice, clock: clock)
        case .ims(let ims):
            let credentials = IMSSignIn.Credentials(
                clientID: ims.clientID, clientSecret: ims.clientSecret.reveal(), organization: ims.organization,
                tokenURL: ims.tokenURL, scopes: ims.scopes)
            return TokenAuthorization(
                source: IMSSignIn(credentials: credentials, transport: transport, clock: clock),
                otherHeaders: credentials.headers, advice: IMSSignIn.advice, clock: clock)
        }
    }
}

extension CurlTransport {
    /// A transport of its own for whoever asks, which introduces itself as Causeway.
    public static var causeway: CurlTransport { causeway() }

    /// - Parameter unixSocket: Where all requests go, whatever their URL says.
    public static func causeway(unixSocket: String? = nil) -> CurlTransport {
        CurlTransport(configuration: TransportConfiguration(userAgent: Version.userAgent, unixSocket: unixSocket))
    }
}
