import HTTPClient
import HTTPTypes
import Testing

/// Over real sockets.
@Suite("Proxies", .timeLimit(.minutes(5)))
struct ProxyTests {
    private func transport(_ proxy: OutboundProxy, trusting authority: String? = nil) -> CurlTransport {
        CurlTransport(
            configuration: TransportConfiguration(caBundle: authority, userAgent: "Causeway/test", proxy: proxy))
    }

    @Test("https goes through a tunnel; the proxy learns the host and its own password, and nothing else")
    func tunnel() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let proxy = try TunnelProxy()
        defer { proxy.stop() }
        let login = OutboundProxy.Login(user: "user", password: "proxy-pass")
        let transport = transport(OutboundProxy(url: proxy.url, login: login), trusting: server.certificate)
        let answer = try await transport.send(
            OutboundRequest(
                method: .get, url: "https://127.0.0.1:\(server.port)/", headers: [.authorization: "Bearer secret"]))
        #expect(answer.status == 200)
        let head = try #require(proxy.requests.first)
        #expect(head.hasPrefix("CONNECT 127.0.0.1:\(server.port) HTTP/1.1\r\n"))
        // user:proxy-pass
        #expect(head.contains("Proxy-Authorization: Basic dXNlcjpwcm94eS1wYXNz\r\n"))
        #expect(!head.contains("secret"))
        #expect(proxy.requests.count == 1)
    }

    @Test("the certificate of the server behind the proxy is verified as ever")
    func verified() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let proxy = try TunnelProxy()
        defer { proxy.stop() }
        let transport = transport(OutboundProxy(url: proxy.url))
        await #expect(throws: TransportError.self) {
            try await transport.send(OutboundRequest(method: .get, url: "https://127.0.0.1:\(server.port)/"))
        }
    }

    @Test("a host on the list of exceptions is called directly")
    func exception() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let proxy = try ScriptedServer()
        defer { proxy.stop() }
        let transport = transport(OutboundProxy(url: proxy.url(""), exceptions: ["127.0.0.1"]))
        #expect(try await transport.send(OutboundRequest(method: .get, url: server.url())).status == 200)
        #expect(proxy.connections == 0)
    }

    @Test("plain http goes through it whole")
    func plain() async throws {
        let proxy = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { proxy.stop() }
        let transport = transport(OutboundProxy(url: proxy.url("")))
        _ = try await transport.send(OutboundRequest(method: .get, url: "http://shop.invalid/a"))
        #expect(proxy.requests.first?.hasPrefix("GET http://shop.invalid/a HTTP/1.1\r\n") == true)
    }

    @Test(
        "a proxy that refuses is told as such, and its password is not",
        arguments: ["407 Proxy Authentication Required", "403 Forbidden", "502 Bad Gateway"])
    func refused(_ status: String) async throws {
        let proxy = try ScriptedServer(.bytesThenCut("HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n"))
        defer { proxy.stop() }
        let login = OutboundProxy.Login(user: "user", password: "proxy-pass")
        let transport = transport(OutboundProxy(url: proxy.url(""), login: login))
        await #expect {
            try await transport.send(OutboundRequest(method: .post, url: "https://shop.invalid/"))
        } throws: { error in
            guard case TransportError.notConnected(let reason) = error else { return false }
            return reason.contains(status.prefix(3)) && !reason.contains("proxy-pass")
        }
    }
}
