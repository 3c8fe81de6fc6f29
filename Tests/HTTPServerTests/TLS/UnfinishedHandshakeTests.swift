import COpenSSL
import HTTPServer
import Testing

@Suite("A TLS port", .blocking)
struct UnfinishedHandshakeTests {
    @Test("closes connections whose handshake is not over in time", arguments: ["", "\u{16}\u{3}\u{1}"])
    func deadline(firstBytes: String) async throws {
        var configuration = ServerConfiguration()
        configuration.handshakeTimeout = .milliseconds(40)
        try await withTLSServer(configuration) { port in
            let silent = try TestClient(port: port)
            try silent.send(firstBytes)
            #expect(try silent.isAtEnd() != false)
        }
    }

    @Test("lets nobody wait for another one's handshake")
    func slowPeers() async throws {
        var configuration = ServerConfiguration()
        configuration.eventLoops = 1
        try await withTLSServer(configuration) { port in
            let silent = try (0..<50).map { _ in try TestClient(port: port) }
            for client in silent { try client.send([0x16, 0x03, 0x01, 0x02]) }
            #expect(try TLSClient(port: port).hello().body == "hello")
            withExtendedLifetime(silent) {}
        }
    }

    @Test(
        "answers plain HTTP by a plain 400 that says what to do",
        arguments: ["GET / HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * HTTP/1.1\r\n", "P"])
    func plainHTTP(text: String) async throws {
        try await withTLSServer { port in
            let client = try TestClient(port: port)
            try client.send(text)
            let reply = try client.reply()
            #expect(reply.status == 400)
            #expect(reply.fields["connection"] == "close")
            #expect(reply.body.contains("urn:causeway:problem:not-https"))
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("ends a handshake that is none by an alert")
    func garbage() async throws {
        try await withTLSServer { port in
            let client = try TestClient(port: port)
            try client.send([0x16, 0x03, 0x01, 0x00, 0x05] + Array("hello".utf8))
            let alert = try client.receive()
            #expect(alert?.first == 0x15)
        }
    }

    @Test("goes on serving after peers that leave in the middle of a handshake")
    func aborted() async throws {
        try await withTLSServer { port in
            for count in 1...40 {
                let client = try TestClient(port: port)
                try client.send(Array([0x16, 0x03, 0x01, 0x02, 0x00, 0x01].prefix(count % 6 + 1)))
            }
            #expect(try TLSClient(port: port).hello().status == 200)
        }
    }
}
