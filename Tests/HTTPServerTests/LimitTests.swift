import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

private let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

/// Keeps what the server reports.
private final class LimitLog: ServerObserver {
    private let limits = Mutex<[ServerLimit]>([])
    func answered(
        method: HTTPRequest.Method?, route: String?, status: HTTPResponse.Status, problemSlug: String?, took: Duration
    ) {}
    func opened() {}
    func closed() {}
    func reached(_ limit: ServerLimit) { limits.withLock { $0.append(limit) } }
    var all: [ServerLimit] { limits.withLock { $0 } }
}

private func range(_ text: String) throws -> AddressRange { try #require(AddressRange(text)) }

private func withLimits(
    _ router: Router = .echoing, _ change: (inout ServerConfiguration) throws -> Void,
    _ body: (Int, LimitLog) async throws -> Void
) async throws {
    var configuration = ServerConfiguration()
    try change(&configuration)
    let log = LimitLog()
    try await withServer(configuration, router, observer: log) { try await body($0, log) }
}

@Suite("A server's limits", .blocking)
struct LimitTests {
    @Test("a target over its limit gets 414, whether its line is complete or not", arguments: [true, false])
    func target(isComplete: Bool) async throws {
        try await withLimits {
            $0.limits.maxTargetBytes = 300
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send("GET /\(String(repeating: "a", count: 299)) HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.reply().status == 404)
            try client.send("GET /" + String(repeating: "a", count: isComplete ? 300 : 400))
            if isComplete { try client.send(" HTTP/1.1\r\n") }
            let reply = try client.reply()
            #expect(reply.status == 414 && reply.body.contains("maxTargetBytes, 300"))
            #expect(log.all == [.target])
        }
    }

    @Test(
        "a route's own body limit holds, announced or in chunks",
        arguments: ["Content-Length: 11\r\n\r\n", "Transfer-Encoding: chunked\r\n\r\nb\r\n"])
    func bodyByRoute(framing: String) async throws {
        try await withLimits {
            $0.access.groups = [RouteGroup(prefix: "/echo", maxBodyBytes: 10)]
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n0123456789")
            #expect(try client.reply().body == "0123456789")
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\n\(framing)")
            #expect(try client.reply().status == 413)
            let other = try TestClient(port: port)
            try other.send("POST /other HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\n\r\n0123456789a")
            #expect(try other.reply().status == 404)
            #expect(log.all == [.body])
        }
    }

    @Test("a connection that says nothing is closed")
    func firstByte() async throws {
        try await withLimits {
            $0.limits.firstByteTimeout = .milliseconds(20)
        } _: { port, log in
            let client = try TestClient(port: port)
            #expect(try client.isAtEnd() == true)
            #expect(log.all == [.firstByte])
        }
    }

    @Test("a body that comes too slowly gets 408 long before the time for bodies is over")
    func bodyRate() async throws {
        try await withLimits {
            $0.limits.bodyGrace = .milliseconds(20)
            $0.limits.minBodyBytesPerSecond = 1 << 20
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n0123456789")
            let reply = try client.reply()
            #expect(reply.status == 408 && reply.body.contains("bodyRate, 1048576"))
            #expect(log.all == [.bodyRate])
        }
    }

    @Test("the last request of a connection is answered with close")
    func requestsPerConnection() async throws {
        try await withLimits {
            $0.limits.maxRequestsPerConnection = 2
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send(hello + hello + hello)
            #expect(try client.reply().fields["connection"] == nil)
            #expect(try client.reply().fields["connection"] == "close")
            #expect(try client.isAtEnd() == true)
            #expect(log.all == [.requestsPerConnection])
        }
    }

    @Test("a handler that takes too long is answered for, and what it says later finds nobody")
    func handlerTime() async throws {
        let gate = Gate()
        try await withLimits(.gated(gate)) {
            $0.limits.handlerTimeout = .milliseconds(20)
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" + hello)
            let reply = try client.reply()
            #expect(reply.status == 503 && reply.body.contains("handler-timeout"))
            #expect(reply.fields["retry-after"] == "5" && reply.fields["connection"] == "close")
            gate.open()
            #expect(try client.isAtEnd() == true)
            #expect(log.all == [.handlerTimeout])
        }
    }

    @Test("a source has as many connections as it may, and gets a new one when one is gone")
    func connectionsPerSource() async throws {
        try await withLimits {
            $0.limits.maxConnectionsPerSource = 2
        } _: { port, log in
            let first = try TestClient(port: port)
            let second = try TestClient(port: port)
            for client in [first, second] {
                try client.send(hello)
                #expect(try client.reply().status == 200)
            }
            let third = try TestClient(port: port)
            #expect(try third.isAtEnd() != false)
            #expect(log.all == [.connectionsPerSource])
            try first.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try first.reply().status == 200)
            first.finishWriting()
            #expect(try first.isAtEnd() == true)
            var status: Int?
            while status == nil {
                let client = try TestClient(port: port)
                try? client.send(hello)
                status = try? client.reply().status
            }
            #expect(status == 200)
        }
    }

    @Test("with all connections taken, essential routes are still answered and others get 503")
    func reserve() async throws {
        try await withLimits {
            $0.maxConnections = 1
            $0.limits.reservedConnections = 4
            $0.access.groups = [RouteGroup(prefix: "/hello", isEssential: true)]
        } _: { port, log in
            let first = try TestClient(port: port)
            try first.send(hello)
            #expect(try first.reply().fields["connection"] == nil)
            let health = try TestClient(port: port)
            try health.send(hello)
            let answer = try health.reply()
            #expect(answer.status == 200 && answer.fields["connection"] == "close")
            let other = try TestClient(port: port)
            try other.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n")
            let refused = try other.reply()
            #expect(refused.status == 503 && refused.fields["retry-after"] == "2")
            #expect(refused.fields["content-type"] == "application/problem+json")
            #expect(log.all == [.connections])
        }
    }

    @Test("bodies beyond what the server keeps get 503, and there is room again when they are answered")
    func bufferedBodies() async throws {
        let gate = Gate()
        var router = Router.gated(gate)
        router.on(.post, "/slow") { request, _ in
            await gate.wait()
            return .text("\(request.body.count)")
        }
        try await withLimits(router) {
            $0.limits.maxBufferedBodyBytes = 1000
        } _: { port, log in
            let slow = try TestClient(port: port)
            try slow.send("POST /slow HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\n")
            try slow.send([UInt8](repeating: 0x61, count: 1000))
            await gate.arrivals(1)
            let other = try TestClient(port: port)
            try other.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")
            let refused = try other.reply()
            #expect(refused.status == 503 && refused.body.contains("too-many-bodies"))
            let bodiless = try TestClient(port: port)
            try bodiless.send(hello)
            #expect(try bodiless.reply().status == 200)
            gate.open()
            #expect(try slow.reply().body == "1000")
            let next = try TestClient(port: port)
            try next.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n\r\na")
            #expect(try next.reply().body == "a")
            #expect(log.all == [.bufferedBodies])
        }
    }

    @Test("a body that grows beyond what the server keeps is refused while it comes")
    func growingBody() async throws {
        try await withLimits {
            $0.limits.maxBufferedBodyBytes = 1000
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n")
            try client.send([UInt8](repeating: 0x61, count: 1001))
            #expect(try client.reply().status == 503)
            #expect(log.all == [.bufferedBodies])
        }
    }
}

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
            try client.send(hello + hello + hello)
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
            try client.send(String(repeating: hello, count: 1500))
            for number in 0..<1500 { #expect(try client.reply().status == (number == 0 ? 200 : 429)) }
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
            try client.send(hello)
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
