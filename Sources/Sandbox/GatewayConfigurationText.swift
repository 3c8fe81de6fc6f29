/// A `causeway.yaml` for a gateway that works with a sandbox: for the demo, tests, and a first look around.
public struct GatewayConfigurationText: Sendable {
    public var port: Int
    /// Path of the SQLite file.
    public var store: String
    /// Path of the public key that the sandbox's webhooks are verified with.
    public var publicKeyFile: String
    /// At least 16 characters each.
    public var operatorToken: String
    public var eventToken: String
    /// Whether the gateway calls F&O at its start, which counts among the calls that a test watches.
    public var probesAtStart: Bool
    /// How the gateway signs in to the shop.
    public var commerceWay = CommerceWay.bearer
    /// `orders.lines`: `oneByOne` or `changeSet`; `nil` leaves it to the default.
    public var lines: String?
    /// `dynamics.businessEvents` as a section, in place of the one with the token alone.
    public var eventRoutes: String?
    /// Added to the section `orders`.
    public var orders = ""
    /// Added to the section `dynamics`: YAML in braces' style, such as `serviceBus: { … }`.
    public var dynamics = ""
    /// `commerce.connection` and `dynamics.connection` in one line each; `nil` leaves them to the defaults.
    public var connection: String?
    /// Added to the end: sections of their own.
    public var more: String
    /// `dynamics.auth` in one line; `nil` signs in by client secret.
    public var dynamicsAuth: String?

    public enum CommerceWay: Sendable, CaseIterable {
        case bearer, oauth1, adminToken, ims
    }

    public init(
        port: Int, store: String, publicKeyFile: String, operatorToken: String, eventToken: String,
        probesAtStart: Bool = true, more: String = ""
    ) {
        self.port = port
        self.store = store
        self.publicKeyFile = publicKeyFile
        self.operatorToken = operatorToken
        self.eventToken = eventToken
        self.probesAtStart = probesAtStart
        self.more = more
    }

    /// What the sandbox's business events are posted to.
    public func eventURL(gateway: String) -> String { "\(gateway)/events/dynamics/\(eventToken)" }

    public func webhookURL(gateway: String) -> String { "\(gateway)/webhooks/commerce/order" }

    public func yaml(for addresses: SandboxAddresses, _ configuration: SandboxConfiguration) -> String {
        let text =
            """
            # For a gateway that works with the sandbox. Every secret in it is simulated.
            server:
              host: 127.0.0.1
              port: \(port)
            store:
              sqlite: \(quoted(store))
            commerce:
              baseURL: \(addresses.commerceBaseURL)\(tenantPath(configuration.commerce.signIn))
              edition: \(configuration.commerce.signIn.edition.rawValue)
              \(key("connection", connection))
              auth:
                \(commerceAuth(addresses, configuration.commerce))
              webhooks:
                signatures:
                  - { rsaPublicKey: \(quoted(publicKeyFile)) }
            dynamics:
              environment: \(addresses.dynamicsBaseURL)
              \(key("connection", connection))
              auth: \(dynamicsAuth ?? clientSecret(addresses, configuration.dynamics))
              \(eventRoutes ?? "businessEvents: { tokens: [ \(quoted(eventToken)) ] }")
              \(key("odata", probesAtStart ? nil : "{ probeAtStart: false }"))
              \(dynamics)
            legalEntities:
              default: usmf
              stores: { "2": dat }
            orders:
              customerGroup: "30"
              site: "1"
              warehouse: "11"
              shipping: { item: FREIGHT }
              \(key("lines", lines))
              \(orders)
            operator:
              token: \(quoted(operatorToken))
            \(more)
            """
        // What is left to the defaults has left an empty line.
        return text.split(separator: "\n").filter { !$0.allSatisfy(\.isWhitespace) }.joined(separator: "\n") + "\n"
    }

    private func key(_ name: String, _ value: String?) -> String { value.map { "\(name): \($0)" } ?? "" }

    private func clientSecret(
        _ addresses: SandboxAddresses, _ dynamics: SandboxDynamicsConfiguration
    ) -> String {
        """
        { clientSecret: { tenant: \(dynamics.tenant), clientID: \(dynamics.clientID), \
        clientSecret: \(quoted(dynamics.clientSecret)), authority: "\(addresses.authorityURL)" } }
        """
    }

    private func tenantPath(_ signIn: SandboxCommerceSignIn) -> String {
        signIn.edition == .saas ? "/\(signIn.tenant)" : ""
    }

    private func commerceAuth(_ addresses: SandboxAddresses, _ shop: SandboxCommerceConfiguration) -> String {
        let keys = shop.signIn
        return switch commerceWay {
        case .bearer: "bearer: { token: \(quoted(shop.bearerToken)) }"
        case .oauth1:
            "oauth1: { consumerKey: \(quoted(keys.consumerKey)), consumerSecret: \(quoted(keys.consumerSecret)), "
                + "accessToken: \(quoted(keys.accessToken)), accessTokenSecret: \(quoted(keys.accessTokenSecret)) }"
        case .adminToken:
            "adminToken: { user: \(quoted(keys.administrator)), password: \(quoted(keys.administratorPassword)) }"
        case .ims:
            "ims: { clientID: \(quoted(keys.clientID)), clientSecret: \(quoted(keys.clientSecret)), "
                + "organization: \(quoted(keys.organization)), "
                + "tokenURL: \(quoted(addresses.commerceBaseURL + ShopDoor.tokenPath)) }"
        }
    }

    /// A YAML double-quoted scalar.
    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
