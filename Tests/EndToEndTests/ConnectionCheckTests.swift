import Foundation
import Sandbox
import Testing

@Suite("causeway check --connect", .timeLimit(.minutes(5)))
struct ConnectionCheckTests {
    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        /// Text of a configuration that works, and what stands in its place.
        var text: (sound: String, wrong: String)?
        /// What is wrong on the platforms' side.
        var spoil: @Sendable (Sandbox) -> Void = { _ in }
        let destination: String
        /// What the sentence must name: what is wrong, and what to change.
        let says: [String]

        init(
            _ name: String, in destination: String, text: (String, String)? = nil,
            says: String..., spoil: @escaping @Sendable (Sandbox) -> Void = { _ in }
        ) {
            (testDescription, self.destination, self.text, self.says) = (name, destination, text, says)
            self.spoil = spoil
        }
    }

    private static let platforms = SandboxConfiguration()

    static let mistakes: [Mistake] = [
        Mistake(
            "a client secret that is none", in: "dynamics",
            text: (platforms.dynamics.clientSecret, "not-the-secret-of-this-app"),
            says: "AADSTS7000215", "dynamics.auth.clientSecret.clientSecret"),
        Mistake(
            "a client secret that has expired", in: "dynamics", says: "has expired", "Certificates & secrets"
        ) { $0.dynamics.identity.secretIsExpired = true },
        Mistake(
            "a tenant that is none", in: "dynamics",
            text: ("tenant: \(platforms.dynamics.tenant)", "tenant: nowhere"),
            says: "AADSTS90002", "dynamics.auth.clientSecret.tenant"),
        Mistake(
            "an application of another tenant", in: "dynamics",
            text: ("clientID: \(platforms.dynamics.clientID)", "clientID: 99999999-0000-4000-8000-000000000000"),
            says: "AADSTS700016", "dynamics.auth.clientSecret.clientID"),
        Mistake(
            "the environment under another name", in: "dynamics",
            text: ("environment: http://127.0.0.1", "environment: http://localhost"),
            says: "AADSTS500011", "dynamics.environment"),
        Mistake(
            "an application that F&O does not list", in: "dynamics", says: "Microsoft Entra ID applications"
        ) { $0.dynamics.identity.isListed = false },
        Mistake(
            "an entity set that is not there", in: "dynamics",
            text: ("odata: {", "entities: { customers: CustomersV2 }\n  odata: {"),
            says: "no entity set CustomersV2", "dynamics.entities.customers", "it has CustomersV3"),
        Mistake(
            "a right that the service user lacks", in: "dynamics", says: "SalesInvoiceHeadersV2", "403", "role"
        ) { $0.dynamics.identity.closedSets = ["SalesInvoiceHeadersV2"] },
        Mistake(
            "a token of another shop", in: "commerce",
            text: (platforms.commerce.bearerToken, "a-token-of-another-shop"),
            says: "isn't authorized", "System > Integrations"),
        Mistake(
            "a resource that the integration was not granted", in: "commerce",
            says: "GET /V1/invoices", "Magento_Sales::sales_invoice", "System > Integrations"
        ) { $0.commerce.shopFaults.missingResources = ["GET /V1/invoices": "Magento_Sales::sales_invoice"] },
        Mistake(
            "a store view that is not there", in: "commerce", text: ("  auth:\n", "  store: shop_nl\n  auth:\n"),
            says: "no store view shop_nl", "commerce.store", "1 (default), 2 (de)"),
        Mistake(
            "a legal entity for a store view that is not there", in: "commerce",
            text: ("stores: { \"2\": dat }", "stores: { \"2\": dat, \"7\": dat }"),
            says: "no store view 7", "legalEntities.stores"),
        Mistake(
            "the address of a page of the shop", in: "commerce", text: ("\n  edition:", "/checkout\n  edition:"),
            says: "404", "commerce.baseURL"),
        Mistake(
            "the keys of another integration", in: "commerce",
            text: (
                "bearer: { token: \"\(platforms.commerce.bearerToken)\" }",
                "oauth1: { consumerKey: \"\(platforms.commerce.signIn.consumerKey)\", consumerSecret: wrong-secret-1, "
                    + "accessToken: \"\(platforms.commerce.signIn.accessToken)\", accessTokenSecret: wrong-secret-2 }"
            ),
            says: "signature is invalid", "commerce.auth.oauth1"),
    ]

    @Test("names each mistake and what to change, changes nothing, and says so by its status", arguments: mistakes)
    func mistake(_ mistake: Mistake) async throws {
        try await Self.withSandbox { sandbox, check in
            mistake.spoil(sandbox)
            let run = try await check { yaml in
                guard let text = mistake.text else { return yaml }
                #expect(yaml.contains(text.sound))
                return yaml.replacing(text.sound, with: text.wrong)
            }
            #expect(run.status == 75, "\(run.output) \(run.errors)")
            #expect(run.output.contains("\(mistake.destination) has a problem"), "\(run.output)")
            for word in mistake.says { #expect(run.output.contains(word), "\(run.output)") }
            let other = mistake.destination == "commerce" ? "dynamics" : "commerce"
            #expect(run.output.contains("\(other) works"), "\(run.output)")
            #expect(sandbox.dynamics.snapshot().orders.isEmpty)
        }
    }

    @Test("finds nothing wrong with a configuration that works, and reads only")
    func sound() async throws {
        try await Self.withSandbox { sandbox, check in
            let run = try await check { $0 }
            #expect(run.status == 0, "\(run.output) \(run.errors)")
            let writes = sandbox.dynamics.requestCounts.keys.filter {
                !$0.hasPrefix("GET") && !$0.hasSuffix("/token")
            }
            #expect(writes.isEmpty)
        }
    }

    @Test("tells several mistakes of one platform in one go")
    func several() async throws {
        try await Self.withSandbox { sandbox, check in
            sandbox.dynamics.identity.closedSets = ["CustomersV3"]
            let run = try await check {
                $0.replacing("odata: {", with: "entities: { salesOrderLines: SalesOrderLinesV2 }\n  odata: {")
            }
            #expect(run.output.contains("dynamics has 2 problems"), "\(run.output)")
            #expect(run.output.contains("CustomersV3") && run.output.contains("no entity set SalesOrderLinesV2"))
        }
    }

    /// - Parameter body: Gets the sandbox and a way to run the real command on a changed configuration.
    private static func withSandbox(
        _ body: (Sandbox, (_ change: (String) throws -> String) async throws -> Command) async throws -> Void
    ) async throws {
        try await Rig.run { rig in
            let folder = try TemporaryFolder()
            try folder.write(rig.sandbox.commerce.publicKeyPEM, to: "commerce.pem")
            var text = rig.text
            text.publicKeyFile = folder.path("commerce.pem")
            text.more = ""
            let yaml = text.yaml(for: rig.addresses, platforms)
            try await body(rig.sandbox) { change in
                try folder.write(try change(yaml), to: "causeway.yaml")
                return try await Command.run("check", "--connect", "--config", folder.path("causeway.yaml"))
            }
        }
    }
}
