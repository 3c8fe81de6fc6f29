import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

private let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

@Suite("A server over real sockets", .blocking)
struct ServerTests {
    @Test("answers one request after the other on the same connection")
    func keepAlive() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            for _ in 0..<3 {
                try client.send(hello)
                let reply = try client.reply()
                #expect(reply.status == 200)
                #expect(reply.body == "hello")
                #expect(reply.fields["connection"] == nil)
                #expect(reply.fields["date"]?.hasSuffix(" GMT") == true)
            }
        }
    }

    @Test("answers pipelined requests in order, however many there are")
    func pipelining() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            let requests = (0..<500).map { number in
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: \(String(number).utf8.count)\r\n\r\n\(number)"
            }
            try client.send(requests.joined())
            for number in 0..<500 { #expect(try client.reply().body == String(number)) }
        }
    }

    @Test("reads chunked bodies that arrive a byte at a time")
    func chunked() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            let wire =
                "POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nA: b\r\n\r\n"
            for byte in wire.utf8 { try client.send([byte]) }
            #expect(try client.reply().body == "abcde")
        }
    }

    @Test("closes when asked to, after the answer")
    func close() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let reply = try client.reply()
            #expect(reply.fields["connection"] == "close")
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("closes HTTP/1.0 connections unless keep-alive is asked for")
    func http10() async throws {
        try await withServer { port in
            let closing = try TestClient(port: port)
            try closing.send("GET /hello HTTP/1.0\r\n\r\n")
            #expect(try closing.reply().body == "hello")
            #expect(try closing.isAtEnd() == true)
            let keeping = try TestClient(port: port)
            for _ in 0..<2 {
                try keeping.send("GET /hello HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(try keeping.reply().fields["connection"] == "keep-alive")
            }
        }
    }

    @Test("answers a client that has finished writing")
    func halfClosed() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send(hello + hello)
            client.finishWriting()
            #expect(try client.reply().body == "hello")
            #expect(try client.reply().body == "hello")
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("sends no body for HEAD")
    func head() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send("HEAD /hello HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.reply(isForHEAD: true).fields["content-length"] == "5")
            try client.send(hello)
            #expect(try client.reply().body == "hello")
        }
    }

    @Test("invites the body of a client that waits for it")
    func expectContinue() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.reply().status == 100)
            try client.send("hi")
            let reply = try client.reply()
            #expect(reply.status == 200)
            #expect(reply.body == "hi")
        }
    }

    @Test("does not invite a body that is too large")
    func expectContinueTooLarge() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send(
                "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.reply().status == 413)
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("large answers arrive whole, also at a client that reads late")
    func largeResponse() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send("GET /large/20000000 HTTP/1.1\r\nHost: x\r\n\r\n" + hello)
            #expect(try client.reply().body.utf8.count == 20_000_000)
            #expect(try client.reply().body == "hello")
        }
    }

    @Test("a body as large as allowed is echoed, one byte more is refused before it is read")
    func bodyLimit() async throws {
        var configuration = ServerConfiguration()
        configuration.maxBodyBytes = 300_000
        try await withServer(configuration) { port in
            let client = try TestClient(port: port)
            let body = String(repeating: "b", count: 300_000)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 300000\r\n\r\n\(body)")
            #expect(try client.reply().body == body)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 300001\r\n\r\n")
            let reply = try client.reply()
            #expect(reply.status == 413)
            #expect(reply.body.contains("taken here, 300000"))
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test(
        "answers what it can't read with a problem and closes, and the client sees the answer while it still sends",
        arguments: [
            ("GET / HTTP/1.1\r\n\r\n", 400), ("nonsense\r\n\r\n", 400), ("GET / HTTP/3.0\r\nHost: x\r\n\r\n", 505),
            ("GET / HTTP/1.1\r\nHost: x\r\nExpect: more\r\n\r\n", 417),
            ("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400),
            ("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: br, chunked\r\n\r\n", 501),
            ("GET /" + String(repeating: "a", count: 20000), 414),
            ("GET / HTTP/1.1\r\nHost: x\r\nA: " + String(repeating: "a", count: 20000), 431),
        ])
    func framingErrors(_ wire: String, _ status: Int) async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send(wire + String(repeating: "more", count: 50_000))
            let reply = try client.reply()
            #expect(reply.status == status)
            #expect(reply.fields["content-type"] == "application/problem+json")
            #expect(reply.fields["connection"] == "close")
            client.finishWriting()
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("cuts the connection without a byte when the handler wants that")
    func cutOff() async throws {
        try await withServer { port in
            let client = try TestClient(port: port)
            try client.send("GET /cut HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.isAtEnd() != false)
        }
    }

    @Test("closes after an answer whose handler says so")
    func handlerCloses() async throws {
        var router = Router(logger: .silent)
        router.on(.get, "/last") { _, _ in Response(status: .ok, headers: [.connection: "close"]) }
        try await withServer(ServerConfiguration(), router) { port in
            let client = try TestClient(port: port)
            try client.send("GET /last HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.reply().fields["connection"] == "close")
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("answers 500 in place of an answer that would break the framing, and goes on")
    func unsendable() async throws {
        var router = Router.echoing
        router.on(.get, "/interim") { _, _ in Response(status: .init(code: 101)) }
        try await withServer(ServerConfiguration(), router) { port in
            let client = try TestClient(port: port)
            try client.send("GET /interim HTTP/1.1\r\nHost: x\r\n\r\n" + hello)
            let reply = try client.reply()
            #expect(reply.status == 500)
            #expect(reply.body.contains("internal-error"))
            #expect(try client.reply().body == "hello")
        }
    }

    @Test("serves clients that come and go, while others send one byte at a time")
    func trickle() async throws {
        try await withServer { port in
            let slow = try (0..<50).map { _ in try TestClient(port: port) }
            for byte in hello.utf8.dropLast() {
                for client in slow { try client.send([byte]) }
                let fast = try TestClient(port: port)
                try fast.send(hello)
                #expect(try fast.reply().body == "hello")
            }
            for client in slow {
                try client.send("\n")
                #expect(try client.reply().body == "hello")
            }
        }
    }

    @Test("tells handlers who asks")
    func remoteAddress() async throws {
        var router = Router(logger: .silent)
        router.on(.get, "/who") { request, _ in .text(request.remoteAddress) }
        try await withServer(ServerConfiguration(), router) { port in
            let client = try TestClient(port: port)
            try client.send("GET /who HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(try client.reply().body == "127.0.0.1")
        }
    }

    @Test("serves 500 connections at once")
    func manyConnections() async throws {
        try await withServer { port in
            let clients = try (0..<500).map { _ in try TestClient(port: port) }
            for _ in 0..<2 {
                for client in clients { try client.send(hello) }
                for client in clients { #expect(try client.reply().body == "hello") }
            }
        }
    }

    @Test("a connection above the limit waits until another one closes")
    func connectionLimit() async throws {
        var configuration = ServerConfiguration()
        configuration.maxConnections = 1
        try await withServer(configuration) { port in
            let first = try TestClient(port: port)
            try first.send(hello)
            #expect(try first.reply().status == 200)
            let second = try TestClient(port: port)
            try second.send(hello)
            try first.send("GET /hello HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(try first.reply().status == 200)
            first.finishWriting()
            #expect(try second.reply().status == 200)
        }
    }

    @Test("answers thousands of pipelined requests at once, in their order, on one connection")
    func pipelinedAtOnce() async throws {
        var router = Router(logger: .silent)
        router.on(.get, "/{number}", immediately: { _, parameters in .text(parameters["number"]) })
        try await withServer(ServerConfiguration(), router) { port in
            let client = try TestClient(port: port)
            try client.send((0..<2000).map { "GET /\($0) HTTP/1.1\r\nHost: x\r\n\r\n" }.joined())
            for number in 0..<2000 { #expect(try client.reply().body == "\(number)") }
        }
    }

    @Test("a handler that waits does not keep other connections of its event loop waiting")
    func slowHandler() async throws {
        let gate = Gate()
        var configuration = ServerConfiguration()
        configuration.eventLoops = 1
        try await withServer(configuration, .gated(gate)) { port in
            let slow = try TestClient(port: port)
            try slow.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
            await gate.arrivals(1)
            let fast = try TestClient(port: port)
            try fast.send(hello)
            #expect(try fast.reply().body == "hello")
            gate.open()
            #expect(try slow.reply().body == "slow")
        }
    }
}

extension Router {
    /// `GET /slow` waits at the gate.
    static func gated(_ gate: Gate) -> Router {
        var router = Router.echoing
        router.on(.get, "/slow") { _, _ in
            await gate.wait()
            return .text("slow")
        }
        return router
    }
}
