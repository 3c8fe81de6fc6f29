import HTTPTypes
import Testing

@testable import HTTPServer

@Suite("Who may come in", .blocking)
struct AccessTests {
    private static var telling: Router {
        var router = Router.echoing
        router.on(.get, "/who") { request, _ in .text("\(request.remoteAddress) by \(request.peerAddress)") }
        return router
    }

    private static func who(_ fields: String = "") -> String { "GET /who HTTP/1.1\r\nHost: x\r\n\(fields)\r\n" }

    @Test("more requests than the rate get 429 with Retry-After, and the connection goes on")
    func rate() async throws {
        try await withLimits {
            $0.limits.requestRate = RequestRate(perSecond: 1, burst: 2)
            $0.access.groups = [RouteGroup(prefix: "/large/", isEssential: true)]
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send(helloRequest + helloRequest + helloRequest)
            #expect(try client.reply().status == 200)
            #expect(try client.reply().status == 200)
            let refused = try client.reply()
            #expect(refused.status == 429 && refused.body.contains("too-many-requests"))
            #expect(refused.fields["retry-after"] == "1" && refused.fields["connection"] == nil)
            try client.send("GET /large/3 HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.reply().body == "xxx")
            #expect(log.all == [.requestsPerSecond])
        }
    }

    @Test("many pipelined requests that are refused are all answered")
    func pipelinedRefusals() async throws {
        try await withLimits {
            $0.limits.requestRate = RequestRate(perSecond: 1, burst: 1)
        } _: { port, _ in
            let client = try TestClient(port: port)
            try client.send(String(repeating: helloRequest, count: 1500))
            let statuses = try (0..<1500).map { _ in try client.reply().status }
            // On a slow machine a second passes, and another request is let in.
            #expect(statuses.first == 200 && statuses.allSatisfy { $0 == 200 || $0 == 429 })
            #expect(statuses.contains(429))
        }
    }

    @Test("clients behind a trusted proxy have their own rates")
    func rateByClient() async throws {
        try await withLimits(Self.telling) {
            $0.limits.requestRate = RequestRate(perSecond: 1, burst: 1)
            $0.access.trustedProxies = [try range("127.0.0.0/8")]
        } _: { port, _ in
            let client = try TestClient(port: port)
            for (address, status) in [("192.0.2.1", 200), ("192.0.2.2", 200), ("192.0.2.1", 429)] {
                try client.send(Self.who("X-Forwarded-For: \(address)\r\n"))
                #expect(try client.reply().status == status)
            }
        }
    }

    @Test(
        "a handler sees the client that a trusted proxy names, and otherwise the peer",
        arguments: [
            ("127.0.0.1", "X-Forwarded-For: 10.9.9.9, 192.0.2.1\r\n", "192.0.2.1 by 127.0.0.1"),
            ("127.0.0.1", "Forwarded: for=\"[2001:db8::1]\"\r\n", "2001:db8::1 by 127.0.0.1"),
            ("127.0.0.1", "X-Forwarded-For: nobody\r\n", "127.0.0.1 by 127.0.0.1"),
            ("127.0.0.1", "", "127.0.0.1 by 127.0.0.1"),
            ("192.0.2.0/24", "X-Forwarded-For: 192.0.2.1\r\n", "127.0.0.1 by 127.0.0.1"),
        ])
    func client(trusted: String, fields: String, seen: String) async throws {
        try await withLimits(Self.telling) {
            $0.access.trustedProxies = [try range(trusted)]
        } _: { port, _ in
            let client = try TestClient(port: port)
            try client.send(Self.who(fields))
            #expect(try client.reply().body == seen)
        }
    }

    @Test("addresses that a group of routes does not allow get 403, however the path is spelt")
    func allowList() async throws {
        try await withLimits(Self.telling) {
            $0.access.groups = [RouteGroup(prefix: "/who", allowed: [try range("192.0.2.0/24")])]
        } _: { port, log in
            let client = try TestClient(port: port)
            for path in ["/who", "/%77ho", "/x/../who", "/who/"] {
                try client.send("GET \(path) HTTP/1.1\r\nHost: x\r\n\r\n")
                let reply = try client.reply()
                #expect(reply.status == 403 && reply.body.contains("address-not-allowed"), "\(path)")
            }
            try client.send(helloRequest)
            #expect(try client.reply().status == 200)
            #expect(log.all == [.allow, .allow, .allow, .allow])
        }
    }

    @Test("a refused request with a body ends the connection without reading it")
    func refusedBody() async throws {
        try await withLimits {
            $0.access.groups = [RouteGroup(prefix: "/echo", allowed: [try range("192.0.2.0/24")])]
        } _: { port, _ in
            let client = try TestClient(port: port)
            try client.send(
                "POST /echo HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 9\r\n\r\n")
            let reply = try client.reply()
            #expect(reply.status == 403 && reply.fields["connection"] == "close")
        }
    }

    @Test(
        "a PROXY header names the client, in pieces or with the request behind it",
        arguments: [
            ("PROXY TCP4 192.0.2.1 198.51.100.1 5 6\r\n", "192.0.2.1 by 127.0.0.1"),
            ("PROXY TCP6 2001:db8::1 ::1 5 6\r\n", "2001:db8::1 by 127.0.0.1"),
            ("PROXY UNKNOWN\r\n", "127.0.0.1 by 127.0.0.1"),
        ], [true, false])
    func proxyHeader(row: (header: String, seen: String), inPieces: Bool) async throws {
        try await withLimits(Self.telling) {
            $0.access.usesProxyProtocol = true
        } _: { port, _ in
            let client = try TestClient(port: port)
            if inPieces {
                for byte in row.header.utf8 { try client.send([byte]) }
                try client.send(Self.who())
            } else {
                try client.send(row.header + Self.who())
            }
            #expect(try client.reply().body == row.seen)
            try client.send(Self.who())
            #expect(try client.reply().body == row.seen)
        }
    }

    @Test("a peer that finishes writing behind its PROXY header and request is answered and let go")
    func proxyHeaderAndEnd() async throws {
        try await withLimits(Self.telling) {
            $0.access.usesProxyProtocol = true
        } _: { port, _ in
            let client = try TestClient(port: port)
            try client.send("PROXY TCP4 192.0.2.1 198.51.100.1 5 6\r\n" + Self.who())
            client.finishWriting()
            #expect(try client.reply().body == "192.0.2.1 by 127.0.0.1")
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("a binary PROXY header names the client")
    func binaryProxyHeader() async throws {
        try await withLimits(Self.telling) {
            $0.access.usesProxyProtocol = true
        } _: { port, _ in
            let client = try TestClient(port: port)
            try client.send(ProxyRow.binary(0x21, 0x11, 12, ProxyRow.four) + Array(Self.who().utf8))
            #expect(try client.reply().body == "192.0.2.1 by 127.0.0.1")
        }
    }

    @Test(
        "without a proper PROXY header, or from a peer that is not trusted, the connection is closed",
        arguments: [
            ("127.0.0.0/8", "GET /who HTTP/1.1\r\nHost: x\r\n\r\n"), ("127.0.0.0/8", "PROXY TCP4 x y 1 2\r\n"),
            ("192.0.2.0/24", "PROXY TCP4 192.0.2.1 198.51.100.1 5 6\r\n"),
        ])
    func noProxyHeader(trusted: String, sent: String) async throws {
        try await withLimits {
            $0.access.usesProxyProtocol = true
            $0.access.trustedProxies = [try range(trusted)]
        } _: { port, log in
            let client = try TestClient(port: port)
            try? client.send(sent)
            #expect(try client.isAtEnd() != false)
            #expect(log.all == [.proxyProtocol])
        }
    }

    @Test("a PROXY header that does not come is not waited for, and does not keep the server from stopping")
    func silentProxy() async throws {
        try await withLimits {
            $0.access.usesProxyProtocol = true
            $0.headTimeout = .milliseconds(20)
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send("PROXY ")
            #expect(try client.isAtEnd() != false)
            #expect(log.all == [.proxyProtocol])
            _ = try TestClient(port: port)
        }
    }
}
