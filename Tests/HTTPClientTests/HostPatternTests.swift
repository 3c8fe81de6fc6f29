import HTTPClient
import Testing

@Suite struct HostPatternTests {
    @Test(
        "names one host, or any below a domain",
        arguments: [
            ("static.adobeioevents.com", "static.adobeioevents.com", true),
            ("Static.AdobeIOEvents.com", "static.adobeioevents.com", true),
            ("*.blob.core.windows.net", "contoso.blob.core.windows.net", true),
            ("*.blob.core.windows.net", "a.b.blob.core.windows.net", true),
            ("127.0.0.1", "127.0.0.1", true), ("[::1]", "[::1]", true),
            ("static.adobeioevents.com", "evil.static.adobeioevents.com", false),
            ("static.adobeioevents.com", "static.adobeioevents.com.evil.example", false),
            ("*.blob.core.windows.net", "blob.core.windows.net", false),
            ("*.blob.core.windows.net", ".blob.core.windows.net", false),
            ("*.blob.core.windows.net", "evilblob.core.windows.net", false),
            ("*.blob.core.windows.net", "contoso.blob.core.windows.net.evil.example", false),
            ("*.blob.core.windows.net", "contoso.blob.core.windows.net.", false),
        ])
    func matching(_ pattern: String, _ host: String, _ expected: Bool) throws {
        #expect(try #require(HostPattern(pattern)).matches(host) == expected)
    }

    @Test(
        "what would let nearly everything through is no pattern",
        arguments: [
            "", "*", "*.", "*.com", "*.*.com", "a.*.com", "*a.example.com", "https://a.example.com",
            "a.example.com:8443",
            "a.example.com/x", "a b.example.com", "user@a.example.com", ".example.com", "a..example.com", "*.[::1]",
        ])
    func refused(_ text: String) {
        #expect(HostPattern(text) == nil)
    }

    @Test("a literal that is no pattern matches nothing")
    func wrongLiteral() {
        let pattern: HostPattern = "*"
        #expect(!pattern.matches(""))
        #expect(!pattern.matches("example.com"))
    }
}
