import Testing

@testable import Gateway

@Suite("The configuration of ways in")
struct InboundConfigurationTests {
    private static let signatures = """
        signatures:
              - { hmacSecret: ${WEBHOOK_SECRET} }
        """
    private static let tokens = "businessEvents: { tokens: [ ${D365_EVENT_TOKEN} ] }"
    private static let guid = "00000000-0000-4000-8000-000000000001"

    @Test("every way in can be configured, each value once or as a list")
    func whole() throws {
        let yaml = """
            businessEvents:
                eventGrid:
                  tokens: [ the-token-of-event-grid ]
                  topics: [ /subscriptions/1, /subscriptions/2 ]
                  header: { name: x-key, values: [ the-key-of-before, the-key-of-now-1 ] }
                  bearer: { tenant: \(Self.guid.uppercased()), audiences: api://causeway }
                dataverse: { tokens: [ the-token-of-dataverse ], headers: { x-key: the-key-of-now-1 } }
                routes: { "Update:account": InvoiceToCommerce }
            """
        let events = try ConfigurationFixture.read(replacing: Self.tokens, with: yaml).dynamics.businessEvents
        let grid = try #require(events.eventGrid)
        #expect(events.tokens.isEmpty && grid.topics.count == 2 && grid.header?.values.count == 2)
        #expect(grid.bearer == .init(tenant: Self.guid, audiences: ["api://causeway"]))
        #expect(events.dataverse?.signIn == .headers(["x-key": [Secret("the-key-of-now-1")]]))
        #expect(events.routes["Update:account"] == .invoiceToCommerce)
        let metadata = "https://login.microsoftonline.com/\(Self.guid)/v2.0/.well-known/openid-configuration"
        #expect(grid.bearer?.keys == .metadata(metadata))
    }

    @Test("webhooks may sign in with IMS alone, and events of Adobe need a client id alone")
    func commerce() throws {
        let yaml = "ims: { clientIDs: hooks, organization: 1@AdobeOrg }\n  events: { clientID: client }"
        let commerce = try ConfigurationFixture.read(replacing: Self.signatures, with: yaml).commerce
        #expect(commerce.signatures.isEmpty)
        #expect(commerce.webhookIMS == WebhookIMSSettings(clientIDs: ["hooks"], organization: "1@AdobeOrg"))
        #expect(commerce.events == CommerceEventSettings(clientID: "client"))
        #expect(commerce.events?.keyOrigin == "https://static.adobeioevents.com")
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var piece = tokens
        let yaml: String
        /// Key and expectation, as the message has them.
        let named: [String]
    }

    private static func grid(_ rest: String) -> String {
        "businessEvents: { eventGrid: { tokens: [ the-token-of-event-grid ], topics: /s, \(rest) } }"
    }

    private static func dataverse(_ rest: String) -> String {
        "businessEvents: { dataverse: { tokens: [ the-token-of-dataverse ], \(rest) } }"
    }

    private static func ims(_ rest: String) -> String {
        "ims: { clientIDs: hooks, organization: 1@AdobeOrg, \(rest) }"
    }

    static let mistakes = [
        Mistake(
            testDescription: "no address at all", yaml: "businessEvents: { routes: {} }",
            named: ["dynamics.businessEvents.tokens", "a list with a token"]),
        Mistake(
            testDescription: "a short token",
            yaml: "businessEvents: { eventGrid: { tokens: [ short ], topics: /s } }",
            named: ["dynamics.businessEvents.eventGrid.tokens[0]", "16 characters"]),
        Mistake(
            testDescription: "no topic",
            yaml: "businessEvents: { eventGrid: { tokens: [ the-token-of-event-grid ] } }",
            named: ["dynamics.businessEvents.eventGrid.topics", "resource id"]),
        Mistake(
            testDescription: "a header without a value", yaml: grid("header: { name: x-key }"),
            named: ["eventGrid.header.values", "the header's value"]),
        Mistake(
            testDescription: "a header that is none",
            yaml: grid("header: { name: \"x key\", values: the-key-of-now-1 }"),
            named: ["eventGrid.header.name", "a header's name"]),
        Mistake(
            testDescription: "a short header", yaml: grid("header: { name: x-key, values: short }"),
            named: ["eventGrid.header.values", "5 characters", "at least 16"]),
        Mistake(
            testDescription: "a tenant by name", yaml: grid("bearer: { tenant: contoso.com, audiences: a }"),
            named: ["eventGrid.bearer.tenant", "a GUID"]),
        Mistake(
            testDescription: "no audience", yaml: grid("bearer: { tenant: \(guid) }"),
            named: ["eventGrid.bearer.audiences", "id or URI"]),
        Mistake(
            testDescription: "keys over plain http",
            yaml: grid("bearer: { tenant: \(guid), audiences: a, keySet: http://keys.example/k }"),
            named: ["eventGrid.bearer.keySet", "https"]),
        Mistake(
            testDescription: "keys in two ways",
            yaml: grid("bearer: { tenant: \(guid), audiences: a, keySet: https://k.example, publicKeys: x }"),
            named: ["eventGrid.bearer.keySet", "one of the two"]),
        Mistake(
            testDescription: "a pinned key that is none",
            yaml: grid("bearer: { tenant: \(guid), audiences: a, publicKeys: entra.pem }"),
            named: ["eventGrid.bearer.publicKeys", "${file:entra.pem}"]),
        Mistake(
            testDescription: "no sign-in of Dataverse", yaml: dataverse(""),
            named: ["businessEvents.dataverse", "exactly one of headers, webhookKey, query"]),
        Mistake(
            testDescription: "two sign-ins of Dataverse",
            yaml: dataverse("webhookKey: the-key-of-now-1, query: { key: the-key-of-now-1 }"),
            named: ["businessEvents.dataverse", "exactly one of"]),
        Mistake(
            testDescription: "no headers of Dataverse", yaml: dataverse("headers: {}"),
            named: ["businessEvents.dataverse.headers", "at least one name: value"]),
        Mistake(
            testDescription: "a short key of Dataverse", yaml: dataverse("webhookKey: short"),
            named: ["businessEvents.dataverse.webhookKey", "at least 16"]),
        Mistake(
            testDescription: "neither signatures nor IMS", piece: signatures, yaml: "ims:",
            named: ["commerce.webhooks.signatures", "at least one key"]),
        Mistake(
            testDescription: "IMS without a client", piece: signatures, yaml: "ims: { organization: 1@AdobeOrg }",
            named: ["commerce.webhooks.ims.clientIDs", "client id"]),
        Mistake(
            testDescription: "a choice between signatures and IMS without signatures", piece: signatures,
            yaml: ims("demand: either"), named: ["commerce.webhooks.ims.demand", "signatures beside ims"]),
        Mistake(
            testDescription: "an unknown demand", piece: signatures,
            yaml: signatures + "\n    " + ims("demand: one"), named: ["commerce.webhooks.ims.demand", "both, either"]),
        Mistake(
            testDescription: "events without a client id", piece: signatures,
            yaml: signatures + "\n  events: { orderEvents: x }",
            named: ["commerce.events.clientID", "Developer Console"]),
        Mistake(
            testDescription: "a short client secret", piece: signatures,
            yaml: signatures + "\n  events: { clientID: c, clientSecrets: [ short ] }",
            named: ["commerce.events.clientSecrets", "at least 16"]),
        Mistake(
            testDescription: "a key of Adobe that is not there", piece: signatures,
            yaml: signatures + "\n  events: { clientID: c, publicKeys: [ nowhere.pem ] }",
            named: ["commerce.events.publicKeys", "the path of a PEM file"]),
        Mistake(
            testDescription: "an unknown key of events", piece: signatures,
            yaml: signatures + "\n  events: { clientID: c, clientSecret: x }",
            named: ["commerce.events.clientSecret", "clientSecrets"]),
    ]

    @Test("a mistake is named with its key and what was expected", arguments: mistakes)
    func refused(_ row: Mistake) {
        let problems = ConfigurationFixture.problems(replacing: row.piece, with: row.yaml)
        #expect(
            problems.contains { problem in row.named.allSatisfy(problem.contains) },
            "\(problems.joined(separator: "\n"))")
        #expect(!problems.joined().contains("the-key-of-now-1"))
    }
}
