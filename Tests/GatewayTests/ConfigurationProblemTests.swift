import Testing

@testable import Gateway

struct Misconfiguration: CustomTestStringConvertible, Sendable {
    var testDescription: String
    /// What of the valid file is replaced.
    var piece: String
    var other: String
    var problems: [String]

    init(_ testDescription: String, _ piece: String, _ other: String, _ problems: String...) {
        self.testDescription = testDescription
        self.piece = piece
        self.other = other
        self.problems = problems
    }
}

private let server = "server: { host: 127.0.0.1, port: 0 }"
private let misconfigurations = [
    Misconfiguration(
        "misspelt section", "operator:", "operater:",
        "13:1: operater: found an unknown key; expected perhaps operator"),
    Misconfiguration(
        "misspelt key", "host:", "hots:", "1:11: server.hots: found an unknown key; expected perhaps host"),
    Misconfiguration(
        "key that resembles none", "host:", "bananas:",
        "1:11: server.bananas: found an unknown key; expected one of allow, host, limits, listeners, mode, port, "
            + "proxyProtocol, tls, trustedProxies, unix"),
    Misconfiguration(
        "number out of range", "port: 0", "port: 65536",
        "1:34: server.port: found \"65536\"; expected a whole number from 0 to 65535"),
    Misconfiguration(
        "text where a number belongs", "port: 0", "port: http",
        "1:34: server.port: found \"http\"; expected a whole number from 0 to 65535"),
    Misconfiguration(
        "list where a section belongs", server, "server: [ a ]",
        "1:9: server: found a list; expected a section of keys and values"),
    Misconfiguration(
        "section where a text belongs", "host: 127.0.0.1", "host: { a: b }",
        "1:17: server.host: found a section; expected a text"),
    Misconfiguration(
        "duration without a unit", server, "shutdown: { deadline: 30 }",
        "1:23: shutdown.deadline: found \"30\"; expected a duration from 0ms to 10m, such as 30s, 5m or 4h"),
    Misconfiguration(
        "size in the wrong unit", server, "server: { limits: { body: 1MB } }",
        "1:27: server.limits.body: found \"1MB\"; expected a size from 1KiB to 64MiB, such as 16KiB or 1MiB"),
    Misconfiguration(
        "unknown choice", server, "log: { level: verbose }",
        "1:15: log.level: found \"verbose\"; expected trace, debug, info, notice, warning, error, critical"),
    Misconfiguration(
        "missing variable", "${COMMERCE_TOKEN}", "${COMMERCE_TOKENS}",
        "4:28: commerce.auth.bearer.token: found ${COMMERCE_TOKENS}, which the environment does not set; "
            + "expected the variable COMMERCE_TOKENS to be set"),
    Misconfiguration(
        "missing file", "${COMMERCE_TOKEN}", "${file:no/such/file}",
        "4:28: commerce.auth.bearer.token: found no readable file no/such/file; "
            + "expected a text file at that path, relative to this file"),
    Misconfiguration(
        "missing variable for a shared secret, once", "${WEBHOOK_SECRET}", "${NO_SECRET}",
        "7:23: commerce.webhooks.signatures[0].hmacSecret: found ${NO_SECRET}, which the environment does not set; "
            + "expected the variable NO_SECRET to be set"),
    Misconfiguration(
        "empty secret", "${WEBHOOK_SECRET}", "\"\"",
        "7:23: commerce.webhooks.signatures[0].hmacSecret: found a secret of 0 characters; expected at least 1"),
    Misconfiguration(
        "no variable's name", "${COMMERCE_TOKEN}", "${COMMERCE-TOKEN}",
        "4:28: commerce.auth.bearer.token: found ${COMMERCE-TOKEN}; "
            + "expected ${NAME} of an environment variable, or ${file:PATH}, ${credential:NAME}, ${secret:NAME} or "
            + "${vault:NAME}"),
    Misconfiguration(
        "missing required key", "tenant: t, ", "",
        "10:25: dynamics.auth.clientSecret.tenant: found nothing; expected the directory's id or domain"),
    Misconfiguration(
        "missing required section", "legalEntities: { default: USMF, stores: { \"2\": dat } }", "",
        "1:1: legalEntities: found nothing; expected default: the company that sells, such as usmf"),
    Misconfiguration(
        "plain http to another machine", "https://shop", "http://shop",
        "3:12: commerce.baseURL: found plain http to shop.example.com; "
            + "expected https, or allowPlainHTTP: true beside it if the network between is yours"),
    Misconfiguration(
        "plain http to a name that only begins like this machine", "https://shop.example.com",
        "http://127.example.com",
        "3:12: commerce.baseURL: found plain http to 127.example.com; "
            + "expected https, or allowPlainHTTP: true beside it if the network between is yours"),
    Misconfiguration(
        "REST path in the base address", "https://shop.example.com", "https://shop.example.com/rest",
        "3:12: commerce.baseURL: found an unusable value; expected another one: "
            + "The Commerce base URL must not end in /rest or /V1: the path is added by edition and store."),
    Misconfiguration(
        "no signature key", "- { hmacSecret: ${WEBHOOK_SECRET} }", "[]",
        "6:5: commerce.webhooks.signatures: found nothing; "
            + "expected at least one key: { rsaPublicKey: … } or { hmacSecret: … }"),
    Misconfiguration(
        "two kinds of key in one entry", "{ hmacSecret: ${WEBHOOK_SECRET} }",
        "{ hmacSecret: ${WEBHOOK_SECRET}, rsaPublicKey: a }",
        "7:9: commerce.webhooks.signatures[0]: found rsaPublicKey and hmacSecret; "
            + "expected exactly one of rsaPublicKey, hmacSecret"),
    Misconfiguration(
        "a public key as a shared secret", "{ hmacSecret: ${WEBHOOK_SECRET} }",
        "{ hmacSecret: \"-----BEGIN PUBLIC KEY-----\" }",
        "7:23: commerce.webhooks.signatures[0].hmacSecret: found an unusable secret; expected another one. "
            + "The HMAC secret is a PEM key. Commerce's public key belongs under rsaPublicKey: "
            + "whoever knows a public key could otherwise sign with it."),
    Misconfiguration(
        "an event token that can be guessed", "[ ${D365_EVENT_TOKEN} ]", "[ ${D365_EVENT_TOKEN}, token ]",
        "11:52: dynamics.businessEvents.tokens[1]: found 5 characters; expected a token of at least 16 characters "
            + "that nobody can guess, made of letters, digits and - . _ ~"),
    Misconfiguration(
        "an event for a flow that does not exist", "{ tokens: [ ${D365_EVENT_TOKEN} ] }",
        "{ tokens: [ ${D365_EVENT_TOKEN} ], routes: { A: OrderToInvoice } }",
        "11:67: dynamics.businessEvents.routes.A: found \"OrderToInvoice\"; "
            + "expected \(KnownFlow.allCases.map(\.rawValue).joined(separator: ", "))"),
    Misconfiguration(
        "a company that cannot be one", "USMF", "contoso",
        "12:27: legalEntities.default: found \"contoso\"; "
            + "expected a company (dataAreaId) of 1 to 4 letters and digits, such as usmf"),
    Misconfiguration(
        "a store's code in place of its id", "\"2\": dat", "de: dat",
        "12:43: legalEntities.stores.de: found \"de\"; expected a store id of Commerce, which is a number"),
    Misconfiguration(
        "order settings of a company that sells nothing", server, "orders: { legalEntities: { fr01: {} } }",
        "1:28: orders.legalEntities.fr01: found an unknown key; expected one of dat, usmf"),
    Misconfiguration(
        "a tolerance that is half a number", server, "orders: { tolerance: 0.05EUR }",
        "1:22: orders.tolerance: found \"0.05EUR\"; expected an amount of at least 0, such as 0.05"),
    Misconfiguration(
        "a currency that no order has", server, "orders: { currency: EUR }",
        "1:21: orders.currency: found \"EUR\"; expected order, base"),
    Misconfiguration(
        "gift cards without an item", server, "orders: { giftCards: {} }",
        "1:22: orders.giftCards.item: found nothing; expected the item number that stands for the amount"),
    Misconfiguration(
        "gift wrapping as a payment", server, "orders: { giftWrapping: payment }",
        "1:25: orders.giftWrapping: found \"payment\"; expected park or { item: … }"),
    Misconfiguration(
        "a fee without an item", server, "orders: { fees: { deposit: {} } }",
        "1:28: orders.fees.deposit: found a section; expected the item number that stands for the fee"),
    Misconfiguration(
        "a longest wait that is shorter than the first", server,
        "relay: { retry: { firstWait: 5m, longestWait: 1m } }",
        "1:47: relay.retry.longestWait: found 1m; expected at least firstWait, 5m"),
    Misconfiguration(
        "the same key twice", server, "server: { port: 1, host: a, port: 2 }",
        "1:11: port: found the same key more than once in one section; expected each key once"),
    Misconfiguration(
        "broken YAML", server, "server: { port: 1",
        "2:9: found broken YAML: did not find expected ',' or '}' (while parsing a flow mapping); "
            + "expected valid YAML; text with : # { } [ ] , in it needs quotes"),
    Misconfiguration(
        "several at once, in the order of the file", server, "server: { port: x, hosts: y }\nlogs: {}",
        "1:17: server.port: found \"x\"; expected a whole number from 0 to 65535",
        "1:20: server.hosts: found an unknown key; expected perhaps host",
        "2:1: logs: found an unknown key; expected perhaps log"),
]

@Suite("A wrong configuration")
struct ConfigurationProblemTests {
    @Test("is refused with line, column, key, what was found and what was expected", arguments: misconfigurations)
    func problems(_ row: Misconfiguration) {
        #expect(ConfigurationFixture.problems(replacing: row.piece, with: row.other) == row.problems)
    }

    @Test("that is empty says what belongs into it")
    func emptyFile() {
        #expect(throws: ConfigurationError.self) { try GatewayConfiguration.read(yaml: "") }
    }

    @Test("names the file in each line, in the form that editors jump to")
    func fileName() {
        let error = #expect(throws: ConfigurationError.self) {
            try ConfigurationFixture.read(replacing: "port: 0", with: "port: -1")
        }
        #expect(error?.description.hasPrefix("causeway.yaml:1:34: server.port: ") == true)
    }

    @Test("is one that does not exist")
    func missingFile() {
        let error = #expect(throws: ConfigurationError.self) {
            try GatewayConfiguration.load(path: "/no/such/causeway.yaml", environment: [:])
        }
        #expect(error?.description.contains("no readable file") == true)
    }
}
