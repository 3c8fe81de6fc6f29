import HTTPTypes
import Testing

@testable import HTTPServer

/// The whole table once more, over real sockets: what is answered, with which status, and who closes when.
///
/// One after the other: the client blocks its thread, and other tests need threads too.
@Suite("Over a socket, the server", .serialized, .blocking)
struct SocketConformanceTests {
    @Test("answers or refuses as the RFC says", arguments: ParserTests.rows)
    func whole(_ row: ParserRow) async throws {
        try await check(row) { client in try client.send(row.wire) }
    }

    @Test("does the same when every byte comes alone", arguments: ParserTests.rows)
    func byteByByte(_ row: ParserRow) async throws {
        try await check(row) { client in
            for byte in row.wire { try client.send([byte]) }
        }
    }

    @Test("closes after the last answer, whatever is still sent on the connection")
    func garbageAfterClose() async throws {
        let wire = "GET /1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\nGET /2 HTTP/1.1\r\nHost: x\r\n\r\n\0\0"
        try await withMirror { client in
            try client.send(wire)
            #expect(try client.reply().body == "GET /1|")
            client.finishWriting()
            #expect(try client.isAtEnd() == true)
        }
    }

    @Test("asks for a body once its head is accepted, not twice, and not if the body is there")
    func expectContinue() async throws {
        let head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\nExpect: 100-continue\r\n\r\n"
        try await withMirror { client in
            try client.send(head)
            #expect(try client.reply().status == 100)
            try client.send("hi")
            #expect(try client.reply().body == "POST /|hi")
            try client.send(head + "ho")
            #expect(try client.reply().body == "POST /|ho")
        }
    }

    @Test("refuses a body that is too large without asking for it", arguments: ["33", "99999999999999999999"])
    func expectContinueRefused(_ length: String) async throws {
        try await withMirror { client in
            try client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \(length)\r\nExpect: 100-continue\r\n\r\n")
            #expect(try client.reply().status == 413)
            client.finishWriting()
            #expect(try client.isAtEnd() == true)
        }
    }

    private func check(_ row: ParserRow, send: (TestClient) throws -> Void) async throws {
        try await withMirror { client in
            try send(client)
            switch row.expected {
            case .requests(let seen):
                for request in seen { try expect(request, from: client) }
            case .failure(let slug, let status):
                var reply = try client.reply()
                // Requests before the one that can't be read are answered first.
                while reply.status == 200 || reply.status == 100 { reply = try client.reply() }
                #expect(reply.status == status)
                #expect(reply.fields["connection"] == "close")
                #expect(reply.fields["content-type"] == "application/problem+json")
                #expect(reply.body.contains("urn:causeway:problem:\(slug)\""))
            case .incomplete: break
            }
            client.finishWriting()
            #expect(try client.isAtEnd() == true)
        }
    }

    private func expect(_ request: ParserRow.Seen, from client: TestClient) throws {
        var reply = try client.reply()
        if reply.status == 100 { reply = try client.reply() }
        #expect(reply.status == 200)
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        #expect(reply.body == "\(request.method) \(target)|\(request.body)")
        #expect((reply.fields["connection"] == "close") == !request.keepsAlive)
    }

    private func withMirror(_ body: (TestClient) throws -> Void) async throws {
        var configuration = ServerConfiguration()
        configuration.maxHeadBytes = ParserRow.limits.maxHeadBytes
        configuration.maxHeaderCount = ParserRow.limits.maxHeaderCount
        configuration.maxBodyBytes = ParserRow.limits.maxBodyBytes
        configuration.eventLoops = 1
        let server = Server(configuration: configuration, responder: Mirroring(), logger: .silent)
        let address = try server.start()
        let result = Result { try body(try TestClient(port: address.port)) }
        await server.stop(deadline: .zero)
        try result.get()
    }
}

/// Answers every request with what it was read as: `POST /path?query|body`.
private struct Mirroring: Responder {
    func respond(to request: Request) async -> Response {
        let target = request.path + (request.query.map { "?" + $0 } ?? "")
        return .text("\(request.method.rawValue) \(target)|\(String(decoding: request.body, as: UTF8.self))")
    }
}
