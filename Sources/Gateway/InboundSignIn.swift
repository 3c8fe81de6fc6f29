import Commerce
import Cryptography
import HTTPClient
import Relay
import SignIn

/// Who may send events, as the configuration says it.
struct InboundSignIn: Sendable {
    let webhooks: WebhookSignIn
    /// Of Adobe I/O Events, if they are configured.
    let events: EventSignatures?
    /// Of Event Grid, if it must bring tokens.
    let eventGrid: JWTVerifier?
    /// For what senders ask to be called back.
    let transport: any HTTPTransport

    /// - Parameters:
    ///   - transport: Fetches issuers' keys. Not governed as the platforms are: a sign-in service that is out of order
    ///     says nothing about them.
    ///   - microsoft: The same for those of Microsoft, where the way there is another one.
    init(
        _ configuration: GatewayConfiguration, transport: any HTTPTransport, microsoft: (any HTTPTransport)? = nil,
        clock: any WallClock
    ) throws {
        let microsoft = microsoft ?? transport
        let shop = configuration.commerce
        let signatures = WebhookSignatures(try shop.signatures.map { try $0.key })
        let ims = try shop.webhookIMS.map { ims in
            WebhookSignIn.IMS(
                verifier: JWTVerifier(
                    rules: ims.rules, keys: try ims.keys.source(transport, clock), clock: clock),
                organization: ims.organization)
        }
        webhooks = WebhookSignIn(
            signatures: shop.signatures.isEmpty ? nil : signatures, ims: ims, demand: shop.webhookIMS?.demand ?? .both
        )
        events = try shop.events.map { events in
            let pinned = try events.publicKeys.map { try RSAPublicKey(pem: $0) }
            let keys: any EventKeySource =
                pinned.isEmpty
                ? FetchedEventKeys(origin: events.keyOrigin, transport: transport, clock: clock)
                : PinnedEventKeys(pinned)
            return EventSignatures(keys: keys, secrets: events.clientSecrets.map { Array($0.reveal().utf8) })
        }
        eventGrid = try configuration.dynamics.businessEvents.eventGrid?.bearer.map { bearer in
            JWTVerifier(rules: bearer.rules, keys: try bearer.keys.source(microsoft, clock), clock: clock)
        }
        self.transport = microsoft
    }
}

extension WebhookIMSSettings {
    /// IMS writes no issuer and no audience: the client id says for whom a token was made.
    fileprivate var rules: JWTRules {
        JWTRules(
            lifetime: .createdAndExpires, issuers: nil, audiences: nil,
            requirements: [
                .init("client_id", values: Set(clientIDs)), .init("type", values: ["access_token"]),
            ])
    }
}

extension EventGridSettings.Bearer {
    fileprivate var rules: JWTRules {
        JWTRules(
            issuers: issuers, audiences: Set(audiences),
            // The first in tokens of version 1, the second in those of version 2.
            requirements: [.init("appid", "azp", values: Set(applicationIDs))])
    }
}

extension IssuerKeys {
    fileprivate func source(_ transport: any HTTPTransport, _ clock: any WallClock) throws -> any VerificationKeys {
        switch self {
        case .keySet(let url): FetchedKeys(.keySet(url: url), transport: transport, clock: clock)
        case .metadata(let url): FetchedKeys(.metadata(url: url), transport: transport, clock: clock)
        case .pinned(let keys): PinnedKeys(try keys.map { try RSAPublicKey(pem: $0) })
        }
    }
}
