import HTTPTypes
import Testing

@testable import Commerce

@Suite("Base URLs")
struct CommerceEndpointTests {
    static let urls: [(String, CommerceEndpoint.Edition, String, String)] = [
        ("https://shop.example.com", .paas, "default", "https://shop.example.com/rest/default/V1/orders/42"),
        ("https://shop.example.com/", .paas, "de_at", "https://shop.example.com/rest/de_at/V1/orders/42"),
        ("http://127.0.0.1:8081", .paas, "default", "http://127.0.0.1:8081/rest/default/V1/orders/42"),
        ("https://shop.example.com/store//", .paas, "b2b", "https://shop.example.com/store/rest/b2b/V1/orders/42"),
        (
            "https://na1.api.commerce.adobe.com/tenant", .saas, "default",
            "https://na1.api.commerce.adobe.com/tenant/V1/orders/42"
        ),
    ]

    @Test("paths are built as each edition wants them", arguments: urls)
    func builds(_ base: String, _ edition: CommerceEndpoint.Edition, _ store: String, _ url: String) throws {
        let endpoint = try CommerceEndpoint(baseURL: base, edition: edition, store: store)
        #expect(endpoint.url(CommerceCall(operation: .order, values: ["42"])) == url)
        #expect(url.hasSuffix(endpoint.target(of: url)))
        #expect(endpoint.target(of: url).hasPrefix("/"))
    }

    @Test("SaaS takes the store view from a header")
    func storeHeader() throws {
        let name = try #require(HTTPField.Name("Store"))
        let saas = try CommerceEndpoint(baseURL: "https://x.example/t", edition: .saas, store: "de")
        let call = CommerceCall(operation: .storeViews)
        #expect(saas.headers(call)[name] == "de")
        #expect(try CommerceEndpoint(baseURL: "https://x.example").headers(call)[name] == nil)
    }

    static let refused: [(String, String, EndpointError)] = [
        ("", "default", .invalidBaseURL), ("shop.example.com", "default", .invalidBaseURL),
        ("https://", "default", .invalidBaseURL), ("https:///rest", "default", .invalidBaseURL),
        ("ftp://shop.example.com", "default", .invalidBaseURL),
        ("https://user:pass@shop.example.com", "default", .invalidBaseURL),
        ("https://shop.example.com?x=1", "default", .invalidBaseURL),
        ("https://shop.example.com/#a", "default", .invalidBaseURL),
        ("https://shop.example.com/a b", "default", .invalidBaseURL),
        ("https://shöp.example.com", "default", .invalidBaseURL),
        ("https://shop.example.com\r\nX: y", "default", .invalidBaseURL),
        ("https://shop.example.com/rest", "default", .pathIncluded),
        ("https://shop.example.com/rest/default/V1/", "default", .pathIncluded),
        ("https://shop.example.com", "", .invalidStore("")),
        ("https://shop.example.com", "1st", .invalidStore("1st")),
        ("https://shop.example.com", "a/b", .invalidStore("a/b")),
    ]

    @Test("a base URL that can't be right is refused when it is configured", arguments: refused)
    func refuses(_ base: String, _ store: String, _ error: EndpointError) {
        #expect(throws: error) { try CommerceEndpoint(baseURL: base, store: store) }
    }
}
