import HTTPClient
import HTTPTypes
import Testing

/// Over real sockets.
@Suite struct CurlTransportTests {
    static let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-Trace: 7\r\n\r\nok"

    private func transport(_ change: (inout TransportConfiguration) -> Void = { _ in }) -> CurlTransport {
        var configuration = TransportConfiguration.patient
        change(&configuration)
        return CurlTransport(configuration: configuration)
    }

    /// What `send` throws, or `nil` if it returns.
    private func failure(_ transport: CurlTransport, _ request: OutboundRequest) async -> TransportError? {
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }

    @Test("returns status, headers and body")
    func answer() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let response = try await transport().send(OutboundRequest(method: .get, url: server.url("/a?b=%20c+d&e=[f]")))
        #expect(response.status == 200)
        #expect(response.body == Array("ok".utf8))
        #expect(try response.headers[#require(HTTPField.Name("x-trace"))] == "7")
        #expect(server.requests.first?.hasPrefix("GET /a?b=%20c+d&e=[f] HTTP/1.1\r\n") == true)
    }

    @Test(
        "understands each way of ending a body, and only the final of several heads",
        arguments: [
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\nX-Late: 1\r\n\r\n",
                "abcde"
            ),
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabcde", "abcde"),
            ("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", ""),
            ("HTTP/1.1 200 OK\r\n\r\nuntil the end", "until the end"),
            ("HTTP/1.1 204 No Content\r\n\r\n", ""),
            ("HTTP/1.1 103 Early Hints\r\nLink: <a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "x"),
        ])
    func bodies(_ bytes: String, _ body: String) async throws {
        let server = try ScriptedServer(.bytesThenCut(bytes))
        defer { server.stop() }
        let response = try await transport().send(OutboundRequest(method: .get, url: server.url()))
        #expect(String(decoding: response.body, as: UTF8.self) == body)
        #expect([200, 204].contains(response.status))
        #expect(!response.headers.contains { $0.name.canonicalName == "link" })
    }

    struct Written: CustomTestStringConvertible, Sendable {
        let method: HTTPRequest.Method
        let body: [UInt8]?
        let contentLength: String?
        var testDescription: String { "\(method) with \(body.map { "\($0.count) bytes" } ?? "no body")" }
    }

    @Test(
        "writes any method, and announces the body or its absence",
        arguments: [
            Written(method: .get, body: nil, contentLength: nil),
            Written(method: .delete, body: nil, contentLength: nil),
            Written(method: .options, body: nil, contentLength: nil),
            Written(method: .delete, body: Array("gone".utf8), contentLength: "4"),
            Written(method: .post, body: nil, contentLength: "0"),
            Written(method: .post, body: [], contentLength: "0"),
            Written(method: .put, body: nil, contentLength: "0"),
            Written(method: .patch, body: Array("{\"a\":1}".utf8), contentLength: "7"),
            Written(method: .put, body: Array("x".utf8), contentLength: "1"),
            Written(method: .post, body: Array(repeating: 0x61, count: 3 << 20), contentLength: "\(3 << 20)"),
        ])
    func methods(_ written: Written) async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let request = OutboundRequest(
            method: written.method, url: server.url("/../x"), headers: [.accept: "application/json", .ifMatch: ""],
            body: written.body)
        #expect(try await transport().send(request).status == 200)

        let text = try #require(server.requests.first)
        let end = try #require(text.firstRange(of: "\r\n\r\n"))
        let lines = text[..<end.lowerBound].split(separator: "\r\n").map(String.init)
        let length = lines.first { $0.lowercased().hasPrefix("content-length:") }?.split(separator: " ").last
        #expect(lines.first == "\(written.method) /../x HTTP/1.1")
        #expect(length.map(String.init) == written.contentLength)
        #expect(lines.contains("Accept: application/json"))
        #expect(lines.contains("If-Match:"))
        #expect(lines.contains("User-Agent: Causeway/test"))
        let added = ["expect", "content-type", "transfer-encoding", "accept-encoding"]
        #expect(!lines.contains { line in added.contains { line.lowercased().hasPrefix($0 + ":") } })
        #expect(Array(text[end.upperBound...].utf8) == written.body ?? [])
    }

    @Test("a HEAD request doesn't wait for the body that its answer announces")
    func head() async throws {
        let server = try ScriptedServer(.bytes("HTTP/1.1 200 OK\r\nContent-Length: 5000000\r\n\r\n"))
        defer { server.stop() }
        let response = try await transport().send(
            OutboundRequest(method: .head, url: server.url(), maxResponseBytes: 10))
        #expect(response.status == 200)
        #expect(response.body.isEmpty)
    }

    @Test("a redirect is an answer like any other", arguments: [301, 302, 303, 307, 308])
    func redirect(_ status: Int) async throws {
        let server = try ScriptedServer(
            .bytes("HTTP/1.1 \(status) Elsewhere\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n"))
        defer { server.stop() }
        let response = try await transport().send(OutboundRequest(method: .get, url: server.url()))
        #expect(response.status == status)
        #expect(response.headers[.location] == "/other")
        #expect(server.requests.count == 1)
    }

    @Test("two requests in a row share one connection")
    func keepAlive() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok), .bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let transport = transport()
        for _ in 0..<2 {
            let request = OutboundRequest(method: .post, url: server.url(), body: [1])
            #expect(try await transport.send(request).status == 200)
        }
        #expect(server.connections == 1)
    }

    @Test("many requests at once get their own answers, over no more connections than allowed")
    func concurrency() async throws {
        let count = 60
        let server = try ScriptedServer(replies: (0..<count).map { _ in .bytes(CurlTransportTests.ok) })
        defer { server.stop() }
        let transport = transport { $0.maxConnectionsPerHost = 4 }
        try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<count {
                group.addTask {
                    try await transport.send(OutboundRequest(method: .get, url: server.url("/\(number)"))).status
                }
            }
            for try await status in group { #expect(status == 200) }
        }
        #expect(Set(server.requests).count == count)
        #expect(server.connections <= 4)
    }

    @Test("refuses more requests than are allowed to be under way")
    func tooManyRequests() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let transport = transport { $0.maxRequests = 1 }
        let first = Task { await failure(transport, OutboundRequest(method: .get, url: server.url())) }
        for await _ in server.arrivals { break }
        let second = await failure(transport, OutboundRequest(method: .get, url: server.url()))
        #expect(second == .notConnected("1 requests are under way already"))
        first.cancel()
        #expect(await first.value == .cancelled)
    }

    @Test("an answer longer than allowed is given up at once, announced or not")
    func tooLarge() async throws {
        let line = String(repeating: "x", count: 1000)
        let server = try ScriptedServer(
            .endless(head: "HTTP/1.1 200 OK\r\nContent-Length: 5000000000\r\n\r\n", chunk: line),
            .endless(head: "HTTP/1.1 200 OK\r\n\r\n", chunk: line),
            .endless(head: "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", chunk: "3e8\r\n\(line)\r\n"))
        defer { server.stop() }
        let transport = transport()
        var hangUps = server.hangUps.makeAsyncIterator()
        for _ in 0..<3 {
            let request = OutboundRequest(method: .get, url: server.url(), maxResponseBytes: 100_000)
            #expect(await failure(transport, request) == .responseTooLarge(limit: 100_000))
            #expect(await hangUps.next() != nil)
        }
    }

    @Test("a head that never ends is given up")
    func endlessHead() async throws {
        let server = try ScriptedServer(
            .endless(head: "HTTP/1.1 200 OK\r\n", chunk: "X: \(String(repeating: "x", count: 1000))\r\n"),
            .endless(head: "", chunk: "HTTP/1.1 103 Early Hints\r\nX: \(String(repeating: "x", count: 1000))\r\n\r\n")
        )
        defer { server.stop() }
        let transport = transport()
        for _ in 0..<2 {
            #expect(await failure(transport, OutboundRequest(method: .get, url: server.url())) != nil)
        }
    }

    @Test("an answer of exactly the allowed length is returned")
    func exactlyAllowed() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let request = OutboundRequest(method: .get, url: server.url(), maxResponseBytes: 2)
        #expect(try await transport().send(request).body.count == 2)
    }

    @Test("after close, requests are refused, and closing again returns")
    func closed() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let transport = transport()
        let pending = Task { await failure(transport, OutboundRequest(method: .get, url: server.url())) }
        for await _ in server.arrivals { break }
        await transport.close()
        #expect(await pending.value == .cancelled)
        #expect(
            await failure(transport, OutboundRequest(method: .get, url: server.url()))
                == .notConnected("the client is closed"))
        await transport.close()
    }
}
