import HTTPTypes
import Testing

@testable import HTTPClient

@Suite struct RequestHeadTests {
    @Test(
        "names the server by host and port, and nothing else of the URL",
        arguments: [
            ("https://shop.example.com/rest/V1/orders?token=t", "shop.example.com:443"),
            ("http://127.0.0.1:8080", "127.0.0.1:8080"), ("HTTP://Shop.Example.Com/", "shop.example.com:80"),
            ("https://[::1]:8443/x", "[::1]:8443"),
        ])
    func destination(_ url: String, _ destination: String) throws {
        #expect(try Origin(url: url).description == destination)
    }

    @Test(
        "refuses what is not an absolute http or https URL, without repeating it",
        arguments: [
            "", "/", "secret", "secret.example.com", "//secret.example.com/", "ftp://secret/", "file:///secret",
            "httpx://secret/", "http://", "http:///secret", "http://user:secret@example.com/",
            "http://secret@example.com/",
            "http://secret:99999/", "http://secret:-1/", "http://secret:0/", "http://secret:x/",
            "http://secret/a b", "http://secret/\r\nHost: x", "http://secret/\u{0}", "http://secret/ü",
            "http://sec ret/", " http://secret/", "http://secret/\t", "javascript:secret",
            "mailto:secret@example.com",
        ])
    func invalidURL(_ url: String) {
        let error = #expect(throws: TransportError.self) {
            try RequestHead(OutboundRequest(method: .get, url: url))
        }
        guard case .invalidURL(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(!reason.contains("secret"))
        #expect(error?.outcomeIsUnclear == false)
    }

    @Test("a header value can't begin another line", arguments: ["a\r\nX: b", "a\nX: b", "a\rX: b", "a\u{0}X: b"])
    func injection(_ value: String) throws {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .authorization, lenientValue: Array(value.utf8)))
        headers.append(HTTPField(name: .accept, value: value))
        let head = try RequestHead(OutboundRequest(method: .get, url: "http://a/", headers: headers))
        #expect(head.lines.count == 4)
        #expect(!head.lines.contains { line in line.utf8.contains { [0x0D, 0x0A, 0x00].contains($0) } })
    }

    @Test(
        "refuses header fields that follow from the body",
        arguments: [.contentLength, .transferEncoding] as [HTTPField.Name])
    func framingFields(_ name: HTTPField.Name) {
        #expect(throws: TransportError.invalidRequest("\(name) follows from the body and can't be set")) {
            try RequestHead(OutboundRequest(method: .post, url: "http://a/", headers: [name: "1"]))
        }
    }

    @Test(
        "refuses bodies where HTTP has none, and tunnels",
        arguments: [.head, .trace, .connect] as [HTTPRequest.Method])
    func methodsWithoutBody(_ method: HTTPRequest.Method) {
        let error = #expect(throws: TransportError.self) {
            try RequestHead(OutboundRequest(method: method, url: "http://a/", body: []))
        }
        #expect(error?.description.hasPrefix("invalid request: ") == true)
    }

    @Test("keeps the order of fields and their repetition")
    func lines() throws {
        var headers = HTTPFields()
        headers.append(HTTPField(name: .contentType, value: "application/json"))
        headers.append(HTTPField(name: .accept, value: "a"))
        headers.append(HTTPField(name: .ifMatch, value: ""))
        headers.append(HTTPField(name: .accept, value: "b"))
        let head = try RequestHead(OutboundRequest(method: .post, url: "http://a/", headers: headers))
        #expect(head.lines == ["Expect:", "Content-Type: application/json", "Accept: a", "If-Match;", "Accept: b"])
    }
}
