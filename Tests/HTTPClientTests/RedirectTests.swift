import HTTPTypes
import Testing

@testable import HTTPClient

@Suite struct RedirectTests {
    private func next(
        _ status: Int, _ location: String, method: HTTPRequest.Method = .get,
        from url: String = "https://a.example.com/x/y?q=1",
        rule: RedirectRule = .followed(atMost: 2, to: ["b.example.com"])
    ) throws(TransportError) -> OutboundRequest? {
        let request = OutboundRequest(
            method: method, url: url,
            headers: [.authorization: "Bearer t", .cookie: "c=1", .accept: "application/json", .xAPIKey: "k"],
            body: method == .get ? nil : [1], redirects: rule)
        let answer = OutboundResponse(status: status, headers: [.location: location])
        return try Redirect.next(after: answer, to: request)
    }

    @Test(
        "a place is read against the request's URL",
        arguments: [
            ("/z", "https://a.example.com/z"), ("z?r=2", "https://a.example.com/x/z?r=2"),
            ("https://a.example.com:443/z#part", "https://a.example.com:443/z"),
            ("//b.example.com/z", "https://b.example.com/z"), ("https://b.example.com", "https://b.example.com/"),
        ])
    func resolved(_ location: String, _ url: String) throws {
        #expect(try next(307, location)?.url == url)
    }

    @Test("the same origin gets all headers, another one only those that carry no credentials")
    func headers() throws {
        let same = try #require(try next(307, "/z", method: .post))
        #expect(same.headers[.authorization] == "Bearer t")
        #expect(same.trust == .configured)
        let other = try #require(try next(307, "https://b.example.com/z", method: .post))
        #expect(other.headers.map(\.name) == [.accept])
        #expect(other.trust == .handedOut(to: ["b.example.com"]))
        #expect(other.method == .post)
        #expect(other.body == [1])
        let otherPort = try #require(try next(307, "https://a.example.com:8443/z"))
        #expect(otherPort.headers[.authorization] == nil)
        let upgraded = try #require(try next(307, "https://a.example.com/z", from: "http://a.example.com/z"))
        #expect(upgraded.headers[.authorization] == nil)
    }

    @Test(
        "only what may be sent again unchanged is followed",
        arguments: [
            (301, .get, true), (302, .get, true), (303, .head, true), (307, .post, true), (308, .patch, true),
            (301, .post, false), (302, .put, false), (303, .post, false), (300, .get, false), (304, .get, false),
            (200, .get, false), (401, .get, false),
        ] as [(Int, HTTPRequest.Method, Bool)])
    func followed(_ status: Int, _ method: HTTPRequest.Method, _ expected: Bool) throws {
        #expect(try (next(status, "/z", method: method) != nil) == expected)
    }

    @Test("without the caller's word nothing is followed")
    func returned() throws {
        #expect(try next(302, "/z", rule: .returned) == nil)
    }

    @Test(
        "a redirect to where nobody may be sent fails",
        arguments: [
            "http://a.example.com/z", "ftp://a.example.com/", "https://", "https://user:p@b.example.com/", "a:b:c",
        ])
    func refused(_ location: String) {
        #expect(throws: TransportError.self) { try next(307, location) }
    }

    @Test("the number of redirects is limited")
    func limited() throws {
        let once = try #require(try next(307, "/z", rule: .followed(atMost: 1)))
        #expect(throws: TransportError.refused("too many redirects in a row")) {
            try Redirect.next(after: OutboundResponse(status: 307, headers: [.location: "/y"]), to: once)
        }
    }
}

extension HTTPField.Name {
    fileprivate static var xAPIKey: Self { HTTPField.Name("x-api-key") ?? .cookie }
}
