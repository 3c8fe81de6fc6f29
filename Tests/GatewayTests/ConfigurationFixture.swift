import Foundation

@testable import Gateway

/// A small valid configuration, and the environment that its references need.
enum ConfigurationFixture {
    static let yaml = """
        server: { host: 127.0.0.1, port: 0 }
        commerce:
          baseURL: https://shop.example.com
          auth: { bearer: { token: ${COMMERCE_TOKEN} } }
          webhooks:
            signatures:
              - { hmacSecret: ${WEBHOOK_SECRET} }
        dynamics:
          environment: https://contoso.operations.dynamics.com
          auth: { clientSecret: { tenant: t, clientID: c, clientSecret: ${D365_SECRET} } }
          businessEvents: { tokens: [ ${D365_EVENT_TOKEN} ] }
        legalEntities: { default: USMF, stores: { "2": dat } }
        operator: { token: ${OPERATOR_TOKEN} }
        """

    static let environment = [
        "COMMERCE_TOKEN": "integration-access-token", "WEBHOOK_SECRET": "a-webhook-secret-of-some-length",
        "D365_SECRET": "client-secret", "D365_EVENT_TOKEN": "unguessable-event-token",
        "OPERATOR_TOKEN": "unguessable-operator-token",
    ]

    /// The fixture with one piece replaced, read.
    static func read(
        replacing piece: String = "", with other: String = "", folder: String = "/etc/causeway"
    ) throws(ConfigurationError) -> GatewayConfiguration {
        let yaml = piece.isEmpty ? yaml : yaml.replacingOccurrences(of: piece, with: other)
        return try GatewayConfiguration.read(
            yaml: yaml, file: "causeway.yaml", folder: folder, environment: environment)
    }

    static func problems(replacing piece: String, with other: String) -> [String] {
        do {
            _ = try read(replacing: piece, with: other)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
