import HTTPClient
import HTTPTypes
import Testing

/// Over real sockets.
@Suite("Where calls may go", .timeLimit(.minutes(5)))
struct OutboundSafetyTests {
    private func failure(_ request: OutboundRequest, _ origins: [String]? = nil) async throws -> TransportError? {
        let transport = try transport(origins)
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }

    private func transport(_ origins: [String]? = nil, bytes: Int = 16 << 20) throws -> CurlTransport {
        var configuration = TransportConfiguration.patient
        configuration.origins = try origins.map { Set(try $0.map { try Origin(url: $0) }) }
        configuration.maxResponseBytes = bytes
        return CurlTransport(configuration: configuration)
    }

    private static func redirect(_ status: Int, to location: String) -> ScriptedServer.Reply {
        .bytes("HTTP/1.1 \(status) Elsewhere\r\nLocation: \(location)\r\nContent-Length: 0\r\n\r\n")
    }

    private func post(_ url: String, _ redirects: RedirectRule) -> OutboundRequest {
        OutboundRequest(
            method: .post, url: url, headers: [.authorization: "Bearer secret", .contentType: "text/plain"],
            body: Array("body".utf8), redirects: redirects)
    }

    @Test("a server that nobody configured is refused before its name is looked up")
    func notListed() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        for url in [server.url(), "https://name.that.does.not.exist.invalid/"] {
            let error = try await failure(OutboundRequest(method: .get, url: url), ["https://shop.example.com"])
            guard case .refused(let reason) = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(reason.contains("not one of the servers that the configuration names"))
        }
        #expect(server.connections == 0)
        #expect(try await failure(OutboundRequest(method: .get, url: server.url()), [server.url()]) == nil)
    }

    @Test(
        "a link that was handed out does not lead into our own network, whatever its host is called",
        arguments: [
            "https://localhost/", "https://127.0.0.1/", "https://169.254.169.254/metadata", "https://2130706433/",
            "https://0x7f.1/", "https://[::1]/", "https://[::ffff:169.254.169.254]/", "https://10.0.0.1/",
            "https://168.63.129.16/",
        ])
    func handedOut(_ url: String) async throws {
        let host = HostPattern(try Origin(url: url).host)
        let request = OutboundRequest(method: .get, url: url, trust: .handedOut(to: [try #require(host)]))
        let error = try await failure(request)
        guard case .refused(let reason) = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(reason.contains("is not public"), "\(reason)")
    }

    @Test("a link that was handed out may lead to a server that is configured")
    func handedOutListed() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let request = OutboundRequest(method: .get, url: server.url("/blob?sig=s"), trust: .handedOut(to: []))
        #expect(try await failure(request, [server.url()]) == nil)
    }

    @Test("307 and 308 are followed with method, headers and body on the same server", arguments: [307, 308])
    func sameServer(_ status: Int) async throws {
        let server = try ScriptedServer(Self.redirect(status, to: "/other"), .bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let answer = try await transport().send(post(server.url("/token"), .followed(atMost: 1)))
        #expect(answer.status == 200)
        let second = try #require(server.requests.last)
        #expect(second.hasPrefix("POST /other HTTP/1.1\r\n"))
        #expect(second.contains("Authorization: Bearer secret\r\n"))
        #expect(second.hasSuffix("\r\n\r\nbody"))
    }

    @Test("another server gets method and body, and no credentials")
    func otherServer() async throws {
        let second = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { second.stop() }
        let first = try ScriptedServer(Self.redirect(307, to: second.url("/there")))
        defer { first.stop() }
        let transport = try transport([first.url(), second.url()])
        #expect(try await transport.send(post(first.url(), .followed(atMost: 1))).status == 200)
        let request = try #require(second.requests.first)
        #expect(request.hasPrefix("POST /there HTTP/1.1\r\n"))
        #expect(!request.contains("secret"))
        #expect(request.contains("Content-Type: text/plain\r\n"))
        #expect(request.hasSuffix("body"))
    }

    @Test("a redirect to a server that is not allowed is not followed, wherever it points")
    func forbidden() async throws {
        let other = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { other.stop() }
        for target in [other.url(), "http://169.254.169.254/", "https://localhost/", "file:///etc/passwd"] {
            let first = try ScriptedServer(Self.redirect(307, to: target))
            defer { first.stop() }
            let error = try await failure(
                post(first.url(), .followed(atMost: 3, to: ["localhost", "169.254.169.254"])))
            switch error {
            case .refused, .invalidURL: break
            default: Issue.record("\(target): \(String(describing: error))")
            }
            #expect(error?.outcomeIsUnclear == false)
        }
        #expect(other.connections == 0)
    }

    @Test("redirects in a circle end")
    func circle() async throws {
        let server = try ScriptedServer(replies: (0..<5).map { _ in Self.redirect(302, to: "/") })
        defer { server.stop() }
        let request = OutboundRequest(method: .get, url: server.url(), redirects: .followed(atMost: 3))
        #expect(try await failure(request) == .refused("too many redirects in a row"))
        #expect(server.requests.count == 4)
    }

    @Test("the deadline holds for all redirects together")
    func slow() async throws {
        let server = try ScriptedServer(Self.redirect(302, to: "/slow"), .silence)
        defer { server.stop() }
        let request = OutboundRequest(
            method: .get, url: server.url(), timeout: .milliseconds(300), redirects: .followed(atMost: 3))
        guard case .interrupted = try await failure(request) else {
            Issue.record("expected interrupted")
            return
        }
    }

    @Test("the transport's own limit of an answer holds where a request has none")
    func tooLarge() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok), .bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let transport = try transport(bytes: 1)
        await #expect(throws: TransportError.responseTooLarge(limit: 1)) {
            try await transport.send(OutboundRequest(method: .get, url: server.url()))
        }
        let request = OutboundRequest(method: .get, url: server.url(), maxResponseBytes: 2)
        #expect(try await transport.send(request).body.count == 2)
    }
}
