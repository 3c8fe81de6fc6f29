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
    /// Added to the end: sections of their own.
    public var more: String
    /// `dynamics.auth` in one line; `nil` signs in by client secret.
    public var dynamicsAuth: String?

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
        """
        # For a gateway that works with the sandbox. Every secret in it is simulated.
        server:
          host: 127.0.0.1
          port: \(port)
        store:
          sqlite: \(quoted(store))
        commerce:
          baseURL: \(addresses.commerceBaseURL)
          edition: paas
          auth:
            bearer: { token: \(quoted(configuration.commerce.bearerToken)) }
          webhooks:
            signatures:
              - { rsaPublicKey: \(quoted(publicKeyFile)) }
        dynamics:
          environment: \(addresses.dynamicsBaseURL)
          auth: \(dynamicsAuth ?? clientSecret(addresses, configuration.dynamics))
          businessEvents:
            tokens: [ \(quoted(eventToken)) ]
          odata: { probeAtStart: \(probesAtStart) }
        legalEntities:
          default: usmf
          stores: { "2": dat }
        orders:
          customerGroup: "30"
          site: "1"
          warehouse: "11"
          shipping: { item: FREIGHT }
        operator:
          token: \(quoted(operatorToken))
        \(more)
        """
    }

    private func clientSecret(
        _ addresses: SandboxAddresses, _ dynamics: SandboxDynamicsConfiguration
    ) -> String {
        """
        { clientSecret: { tenant: \(dynamics.tenant), clientID: \(dynamics.clientID), \
        clientSecret: \(quoted(dynamics.clientSecret)), authority: "\(addresses.authorityURL)" } }
        """
    }

    /// A YAML double-quoted scalar.
    private func quoted(_ text: String) -> String {
        "\"" + text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"") + "\""
    }
}
