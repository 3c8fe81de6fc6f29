import Testing

@testable import HTTPClient

@Suite struct OutboundRulesTests {
    private let blobs: URLTrust = .handedOut(to: ["*.blob.core.windows.net"])
    private let rules: OutboundRules

    init() throws {
        let origins: Set = [
            try Origin(url: "https://shop.example.com/rest"), try Origin(url: "http://127.0.0.1:8081"),
        ]
        let proxy = OutboundProxy(url: "http://proxy.example.com:3128", exceptions: ["*.example.com"])
        rules = OutboundRules(TransportConfiguration(userAgent: "test", proxy: proxy, origins: origins))
    }

    private func route(_ url: String, _ trust: URLTrust) throws(TransportError) -> OutboundRoute {
        try rules.route(to: Origin(url: url), trust: trust)
    }

    @Test(
        "the servers that the configuration names are called, whoever named the URL",
        arguments: ["https://shop.example.com/a", "HTTPS://Shop.Example.Com:443/", "http://127.0.0.1:8081/"])
    func listed(_ url: String) throws {
        #expect(try !route(url, .configured).isOutside)
        #expect(try !route(url, blobs).isOutside)
    }

    @Test(
        "others are refused: another host, another port, another scheme",
        arguments: [
            "https://other.example.com/", "https://shop.example.com:8443/", "http://shop.example.com:443/",
            "http://127.0.0.1/", "http://127.0.0.1:5432/", "http://localhost:8081/", "https://shop.example.com./",
        ])
    func unlisted(_ url: String) {
        for trust in [.configured, blobs] {
            #expect {
                try route(url, trust)
            } throws: { error in
                guard case TransportError.refused = error else { return false }
                return true
            }
        }
    }

    @Test("a host that may be handed out is called at a public address alone, through the proxy if there is one")
    func handedOut() throws {
        let proxied = try route("https://contoso.blob.core.windows.net/c/b?sig=s", blobs)
        #expect(proxied.isOutside)
        #expect(proxied.proxy != nil)
        // The proxy resolves the name.
        #expect(!proxied.requiresPublicAddress)
        let direct = OutboundRules(TransportConfiguration(userAgent: "test"))
        #expect(
            try direct.route(to: Origin(url: "https://a.blob.core.windows.net"), trust: blobs).requiresPublicAddress)
    }

    @Test(
        "a link that was handed out leads to https on its own port",
        arguments: ["http://a.blob.core.windows.net/", "https://a.blob.core.windows.net:8443/"])
    func handedOutElsewhere(_ url: String) {
        #expect(throws: TransportError.self) { try route(url, blobs) }
    }

    @Test("a host on the list of exceptions is called without the proxy")
    func exceptions() throws {
        #expect(try route("https://shop.example.com", .configured).proxy == nil)
        #expect(try route("http://127.0.0.1:8081", .configured).proxy != nil)
    }

    @Test("without a list any server may be configured, but a handed-out link still needs its own")
    func noList() throws {
        let rules = OutboundRules(TransportConfiguration(userAgent: "test"))
        let origin = try Origin(url: "http://10.0.0.1:81/")
        #expect(try rules.route(to: origin, trust: .configured) == OutboundRoute(isOutside: false, proxy: nil))
        #expect(throws: TransportError.self) { try rules.route(to: origin, trust: .handedOut(to: [])) }
    }
}
