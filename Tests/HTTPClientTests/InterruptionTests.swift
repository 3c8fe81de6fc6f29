import HTTPClient
import HTTPTypes
import Testing

/// What becomes of a request when the other side does not answer as it should.
@Suite struct InterruptionTests {
    private let transport = CurlTransport(configuration: .patient)

    private func failure(_ request: OutboundRequest) async -> TransportError? {
        do throws(TransportError) {
            _ = try await transport.send(request)
            return nil
        } catch {
            return error
        }
    }

    private func isInterrupted(_ error: TransportError?) -> Bool {
        if case .interrupted = error { true } else { false }
    }

    private func isNotConnected(_ error: TransportError?) -> Bool {
        if case .notConnected = error { true } else { false }
    }

    @Test(
        "a connection that breaks after the request was sent leaves the outcome unclear",
        arguments: [
            .cut, .reset, .bytesThenCut("HTTP/1.1 200 OK\r\n"),
            .bytesThenCut("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf"),
            .bytesThenCut("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n"),
            .bytesThenCut("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nnot a length\r\n"),
            .bytesThenCut("SSH-2.0-OpenSSH_9.2\r\n"), .bytesThenCut("HTTP/1.1 103 Early Hints\r\n\r\n"),
        ] as [ScriptedServer.Reply], [.get, .post] as [HTTPRequest.Method])
    func broken(_ reply: ScriptedServer.Reply, _ method: HTTPRequest.Method) async throws {
        let server = try ScriptedServer(reply)
        defer { server.stop() }
        let error = await failure(OutboundRequest(method: method, url: server.url("/secret?code=secret")))
        #expect(isInterrupted(error), "\(String(describing: error))")
        #expect(error?.outcomeIsUnclear == true)
        #expect(error?.description.contains("127.0.0.1:\(server.port)") == true)
        #expect(error?.description.contains("secret") == false)
        #expect(server.requests.count == 1)
    }

    @Test(
        "a POST or PATCH is sent once, even if its kept connection ends without an answer",
        arguments: [.post, .patch] as [HTTPRequest.Method],
        [.cut, .reset] as [ScriptedServer.Reply])
    func sentOnce(_ method: HTTPRequest.Method, _ end: ScriptedServer.Reply) async throws {
        for body in [nil, [], Array("{}".utf8), Array(repeating: 0x61, count: 300_000)] as [[UInt8]?] {
            let server = try ScriptedServer(
                .bytes(CurlTransportTests.ok), end, .bytes(CurlTransportTests.ok), .bytes(CurlTransportTests.ok))
            defer { server.stop() }
            #expect(await failure(OutboundRequest(method: method, url: server.url("/first"))) == nil)
            let error = await failure(OutboundRequest(method: method, url: server.url("/second"), body: body))
            #expect(isInterrupted(error), "\(String(describing: error))")
            #expect(server.requests.filter { $0.hasPrefix("\(method) /second ") }.count == 1)
            // The one on which "/second" was lost had served "/first": it was a kept connection.
            #expect(await failure(OutboundRequest(method: method, url: server.url("/third"))) == nil)
            #expect(server.requests.count == 3)
        }
    }

    @Test(
        "an idempotent request is repeated on a new connection when its kept one has ended",
        arguments: [.get, .put, .delete] as [HTTPRequest.Method])
    func repeated(_ method: HTTPRequest.Method) async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok), .cut, .bytes(CurlTransportTests.ok))
        defer { server.stop() }
        #expect(await failure(OutboundRequest(method: .get, url: server.url("/first"))) == nil)
        let body: [UInt8]? = method == .put ? Array("again".utf8) : nil
        #expect(await failure(OutboundRequest(method: method, url: server.url("/second"), body: body)) == nil)
        let seconds = server.requests.filter { $0.hasPrefix("\(method) /second ") }
        #expect(seconds.count == 2)
        #expect(Set(seconds).count == 1)
        #expect(server.connections == 2)
    }

    @Test("a deadline that passes while the server is silent leaves the outcome unclear and closes the connection")
    func deadline() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let request = OutboundRequest(method: .post, url: server.url(), body: [1], timeout: .milliseconds(200))
        #expect(isInterrupted(await failure(request)))
        var hangUps = server.hangUps.makeAsyncIterator()
        #expect(await hangUps.next() != nil)
    }

    @Test("a deadline counts for the whole answer, not for each part")
    func slowBody() async throws {
        let server = try ScriptedServer(.endless(head: "HTTP/1.1 200 OK\r\n\r\n", chunk: "x"))
        defer { server.stop() }
        let request = OutboundRequest(
            method: .get, url: server.url(), timeout: .milliseconds(200), maxResponseBytes: .max)
        #expect(isInterrupted(await failure(request)))
    }

    @Test("a deadline that passes while a request waits for a connection means that it was not sent")
    func deadlineInQueue() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        var configuration = TransportConfiguration(userAgent: "Causeway/test")
        configuration.maxConnectionsPerHost = 1
        let narrow = CurlTransport(configuration: configuration)
        let first = Task { try await narrow.send(OutboundRequest(method: .get, url: server.url("/first"))) }
        for await _ in server.arrivals { break }
        await #expect {
            try await narrow.send(
                OutboundRequest(method: .post, url: server.url("/second"), timeout: .milliseconds(200)))
        } throws: { isNotConnected($0 as? TransportError) }
        #expect(server.requests.count == 1)
        first.cancel()
        await #expect(throws: TransportError.cancelled) { try await first.value }
    }

    @Test("no time at all means that nothing was sent", arguments: [Duration.zero, .seconds(-1)])
    func noTime(_ timeout: Duration) async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let error = await failure(OutboundRequest(method: .get, url: server.url(), timeout: timeout))
        #expect(isNotConnected(error))
        #expect(server.requests.isEmpty)
    }

    @Test("cancelling the task ends the transfer and closes the connection")
    func cancelled() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let task = Task { await failure(OutboundRequest(method: .get, url: server.url())) }
        for await _ in server.arrivals { break }
        task.cancel()
        #expect(await task.value == .cancelled)
        var hangUps = server.hangUps.makeAsyncIterator()
        #expect(await hangUps.next() != nil)
    }

    @Test("a task that is cancelled already sends nothing")
    func cancelledBefore() async throws {
        let server = try ScriptedServer(.silence)
        defer { server.stop() }
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            return await failure(OutboundRequest(method: .get, url: server.url()))
        }
        task.cancel()
        #expect(await task.value == .cancelled)
    }

    @Test("nobody listening means not connected")
    func refused() async throws {
        let error = await failure(
            OutboundRequest(method: .post, url: "http://127.0.0.1:\(try Loopback.unusedPort())/"))
        #expect(isNotConnected(error), "\(String(describing: error))")
        #expect(error?.outcomeIsUnclear == false)
    }

    @Test("a name that can't exist means not connected")
    func unknownHost() async {
        // RFC 6761 §6.4: "invalid" never resolves.
        let error = await failure(OutboundRequest(method: .get, url: "http://causeway.invalid/"))
        #expect(isNotConnected(error), "\(String(describing: error))")
    }
}

extension TransportConfiguration {
    /// Keeps connections however long a busy machine takes between two requests.
    static var patient: TransportConfiguration {
        var configuration = TransportConfiguration(userAgent: "Causeway/test")
        configuration.idleConnectionLifetime = .seconds(3600)
        return configuration
    }
}
