import Glibc
import HTTPTypes
import Synchronization
import Testing

@testable import HTTPServer

private let hello = "GET /hello HTTP/1.1\r\nHost: x\r\n\r\n"

@Suite("A server's start, stop and timeouts", .blocking)
struct ServerLifeTests {
    @Test("stopping answers the request in flight, says close, and closes idle connections at once")
    func gracefulStop() async throws {
        let gate = Gate()
        let server = Server(configuration: .init(), responder: Router.gated(gate), logger: .silent)
        let port = try server.start().port
        let idle = try TestClient(port: port)
        try idle.send(hello)
        #expect(try idle.reply().status == 200)
        let busy = try TestClient(port: port)
        try busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await gate.arrivals(1)
        async let stopped: Void = server.stop(deadline: .seconds(60))
        #expect(try idle.isAtEnd() == true)
        gate.open()
        let reply = try busy.reply()
        #expect(reply.body == "slow")
        #expect(reply.fields["connection"] == "close")
        #expect(try busy.isAtEnd() == true)
        busy.finishWriting()
        await stopped
        #expect(throws: TestClient.Failure.self) { try TestClient(port: port) }
    }

    @Test("stopping cuts what is left at the deadline")
    func stopDeadline() async throws {
        let gate = Gate()
        let server = Server(configuration: .init(), responder: Router.gated(gate), logger: .silent)
        let port = try server.start().port
        let busy = try TestClient(port: port)
        try busy.send("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
        await gate.arrivals(1)
        await server.stop(deadline: .zero)
        #expect(try busy.isAtEnd() != false)
        gate.open()
    }

    @Test("stopping twice or before the start does nothing")
    func stopAgain() async throws {
        let server = Server(configuration: .init(), responder: Router.echoing, logger: .silent)
        await server.stop(deadline: .zero)
        _ = try server.start()
        #expect(throws: ServerError.alreadyStarted) { try server.start() }
        await server.stop(deadline: .zero)
        await server.stop(deadline: .zero)
    }

    @Test("a head that does not end gets 408")
    func headTimeout() async throws {
        var configuration = ServerConfiguration()
        configuration.headTimeout = .milliseconds(20)
        try await withServer(configuration) { port in
            let client = try TestClient(port: port)
            try client.send("GET / HTTP/1.1\r\nHost")
            let reply = try client.reply()
            #expect(reply.status == 408)
            #expect(reply.body.contains("a head has"))
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("a body that does not end gets 408")
    func bodyTimeout() async throws {
        var configuration = ServerConfiguration()
        configuration.bodyTimeout = .milliseconds(20)
        try await withServer(configuration) { port in
            let client = try TestClient(port: port)
            try client.send("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nhel")
            let reply = try client.reply()
            #expect(reply.status == 408)
            #expect(reply.body.contains("a body has"))
        }
    }

    @Test("an idle connection is closed without a word", arguments: [0, 1])
    func idleTimeout(_ requests: Int) async throws {
        var configuration = ServerConfiguration()
        configuration.idleTimeout = .milliseconds(20)
        try await withServer(configuration) { port in
            let client = try TestClient(port: port)
            for _ in 0..<requests {
                try client.send(hello)
                #expect(try client.reply().status == 200)
            }
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("a client that does not read its answer is cut")
    func writeTimeout() async throws {
        var configuration = ServerConfiguration()
        configuration.responseWriteTimeout = .milliseconds(20)
        let observer = RecordingObserver()
        try await withServer(configuration, observer: observer) { port in
            let client = try TestClient(port: port)
            try client.send("GET /large/50000000 HTTP/1.1\r\nHost: x\r\n\r\n")
            await observer.closings.arrivals(1)
            #expect(throws: TestClient.Failure.self) { try client.reply() }
        }
    }

    @Test("an address in use is named with the reason")
    func addressInUse() async throws {
        try await withServer { port in
            let second = Server(
                configuration: .init(host: "127.0.0.1", port: port), responder: Router.echoing, logger: .silent)
            let address = SocketAddress(host: "127.0.0.1", port: port)
            #expect(throws: ServerError.addressInUse(address: address)) { try second.start() }
            #expect(ServerError.addressInUse(address: address).description.contains("127.0.0.1:\(port)"))
        }
    }

    @Test(
        "an address reads as it is written in a URL",
        arguments: [("127.0.0.1", "127.0.0.1:8080"), ("::1", "[::1]:8080"), ("localhost", "localhost:8080")])
    func addressDescription(_ host: String, _ text: String) {
        #expect(SocketAddress(host: host, port: 8080).description == text)
    }

    @Test("a host that is not known is named")
    func unknownHost() {
        let server = Server(
            configuration: .init(host: "300.1.1.1.invalid", port: 1), responder: Router.echoing, logger: .silent)
        #expect(throws: ServerError.self) { try server.start() }
    }

    @Test("the observer learns of every answer and connection")
    func observer() async throws {
        let observer = RecordingObserver()
        try await withServer(observer: observer) { port in
            let client = try TestClient(port: port)
            try client.send(hello + "GET /none HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n")
            for _ in 0..<3 { _ = try client.reply() }
            client.finishWriting()
            await observer.closings.arrivals(1)
        }
        #expect(
            observer.answers.withLock { $0 } == [
                "GET /hello 200 -", "GET - 404 not-found", "- - 400 malformed-request-line",
            ])
        #expect(observer.openings.withLock { $0 } == 1)
    }
}

final class RecordingObserver: ServerObserver {
    let answers = Mutex<[String]>([])
    let openings = Mutex(0)
    let closings = Gate()

    func answered(
        method: HTTPRequest.Method?, route: String?, status: HTTPResponse.Status, problemSlug: String?, took: Duration
    ) {
        answers.withLock {
            $0.append("\(method?.rawValue ?? "-") \(route ?? "-") \(status.code) \(problemSlug ?? "-")")
        }
    }

    func opened() { openings.withLock { $0 += 1 } }
    func closed() { closings.arrive() }
}
