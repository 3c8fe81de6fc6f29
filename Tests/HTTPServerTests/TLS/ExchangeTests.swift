import COpenSSL
import HTTPServer
import HTTPTypes
import Testing

private let versions = [TLS1_2_VERSION, TLS1_3_VERSION]

private func client(_ port: Int, _ version: Int32) throws -> TLSClient {
    var options = TLSClient.Options()
    options.versions = version...version
    return try TLSClient(port: port, options)
}

@Suite("Over TLS", .blocking)
struct ExchangeTests {
    @Test("large bodies arrive whole in both directions", arguments: versions)
    func largeBodies(version: Int32) async throws {
        var configuration = ServerConfiguration()
        configuration.maxBodyBytes = 8 << 20
        try await withTLSServer(configuration) { port in
            let client = try client(port, version)
            let body = (0..<(3 << 20)).map { UInt8(ascii: "a") + UInt8($0 % 23) }
            try client.send("POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \(body.count)\r\n\r\n")
            try client.send(body)
            #expect(try client.reply().body == String(decoding: body, as: UTF8.self))
            #expect(try client.hello().body == "hello")
        }
    }

    @Test(
        "responses of any size arrive, also around the size of a record",
        arguments: [0, 1, 2048, 2049, 16 << 10 - 200, 16 << 10, 16 << 10 + 1, 100_000, 5_000_000])
    func sizes(count: Int) async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port)
            try client.send("GET /large/\(count) HTTP/1.1\r\nHost: a\r\n\r\n")
            #expect(try client.reply().body.utf8.count == count)
        }
    }

    @Test("a peer that reads late gets all of a large response")
    func slowReader() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port)
            // More than the buffers of both sockets: the server has to stop in the middle and go on.
            for _ in 0..<8 { try client.send("GET /large/4000000 HTTP/1.1\r\nHost: a\r\n\r\n") }
            #expect(try TLSClient(port: port).hello().body == "hello")
            for _ in 0..<8 { #expect(try client.reply().body.utf8.count == 4_000_000) }
        }
    }

    @Test("requests in one record are answered in their order", arguments: versions)
    func pipelining(version: Int32) async throws {
        try await withTLSServer { port in
            let client = try client(port, version)
            let bodies = (0..<200).map { "body \($0)" }
            let requests = bodies.map {
                "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: \($0.utf8.count)\r\n\r\n\($0)"
            }
            try client.send(requests.joined())
            let answers = try bodies.map { _ in try client.reply().body }
            #expect(answers == bodies)
        }
    }

    @Test("requests in many small records that arrive at once are all answered")
    func recordsAtOnce() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port)
            for _ in 0..<100 { try client.send("GET /hello HTTP/1.1\r\nHost: a\r\n\r\n") }
            for _ in 0..<100 { #expect(try client.reply().body == "hello") }
        }
    }

    @Test("a request in records of one byte is understood")
    func oneByteRecords() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port)
            for byte in "POST /echo HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc".utf8 {
                try client.send([byte])
            }
            #expect(try client.reply().body == "abc")
        }
    }

    @Test("the end of a connection is announced by close_notify", arguments: versions)
    func closeNotify(version: Int32) async throws {
        try await withTLSServer { port in
            let client = try client(port, version)
            try client.send("GET /hello HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            #expect(try client.reply().body == "hello")
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("an idle connection ends by close_notify")
    func idle() async throws {
        var configuration = ServerConfiguration()
        configuration.idleTimeout = .milliseconds(50)
        try await withTLSServer(configuration) { port in
            let client = try TLSClient(port: port)
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("a request that can't be read is answered before the connection ends")
    func malformed() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port)
            try client.send("GET /hello HTTP/1.1\r\nHost : a\r\n\r\n")
            #expect(try client.reply().status == 400)
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("a stop answers what is in flight, with close_notify behind")
    func gracefulStop() async throws {
        let gate = Gate()
        var router = Router.echoing
        router.on(.get, "/slow") { _, _ in
            await gate.wait()
            return .text("done")
        }
        let folder = try CertificateFolder(try TestAuthority().issue("localhost"))
        let credentials = try TLSCredentials(folder.configuration())
        try await withTLSServer(credentials, ServerConfiguration(), router) { port, server in
            let idle = try TLSClient(port: port)
            let client = try TLSClient(port: port)
            try client.send("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n")
            await gate.arrivals(1)
            async let stopped: Void = server.stop(deadline: .seconds(20))
            #expect(try idle.isAtEnd() == true)
            gate.open()
            let reply = try client.reply()
            #expect(reply.body == "done")
            #expect(reply.fields["connection"] == "close")
            #expect(try client.isAtEnd() == true)
            client.finishWriting()
            await stopped
        }
    }
}
