import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

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
            #expect(reply.status == 414 && reply.body.contains("server reads, 300"))
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
            #expect(reply.status == 408 && reply.body.contains("less than 1048576"))
            #expect(log.all == [.bodyRate])
        }
    }

    @Test("the last request of a connection is answered with close")
    func requestsPerConnection() async throws {
        try await withLimits {
            $0.limits.maxRequestsPerConnection = 2
        } _: { port, log in
            let client = try TestClient(port: port)
            try client.send(helloRequest + helloRequest + helloRequest)
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
            try client.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n" + helloRequest)
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
                try client.send(helloRequest)
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
                try? client.send(helloRequest)
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
            try first.send(helloRequest)
            #expect(try first.reply().fields["connection"] == nil)
            let health = try TestClient(port: port)
            try health.send(helloRequest)
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
            try bodiless.send(helloRequest)
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
