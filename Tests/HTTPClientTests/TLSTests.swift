import HTTPClient
import HTTPTypes
import Testing

/// Against the `openssl` command as the server.
@Suite(.enabled(if: TLSServer.isAvailable, "needs the openssl command"))
struct TLSTests {
    private func answer(
        from server: TLSServer, trusting caBundle: String?
    ) async -> Result<OutboundResponse, TransportError> {
        let configuration = TransportConfiguration(caBundle: caBundle, userAgent: "Causeway/test")
        let transport = CurlTransport(configuration: configuration)
        do throws(TransportError) {
            let url = "https://127.0.0.1:\(server.port)/"
            return .success(try await transport.send(OutboundRequest(method: .get, url: url)))
        } catch {
            return .failure(error)
        }
    }

    private func expectRefusal(_ result: Result<OutboundResponse, TransportError>, saying words: String = "") {
        guard case .failure(.notConnected(let reason)) = result else {
            Issue.record("expected not connected, got \(result)")
            return
        }
        #expect(reason.lowercased().contains(words), "\(reason)")
    }

    @Test("a certificate that nobody vouches for is refused before anything is sent, and the reason is told")
    func selfSigned() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        expectRefusal(await answer(from: server, trusting: nil), saying: "certificate")
    }

    @Test("a certificate under the configured authority is accepted")
    func ownAuthority() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        let result = await answer(from: server, trusting: server.certificate)
        #expect(try result.get().status == 200)
    }

    @Test("a trusted certificate for another name is refused")
    func otherName() async throws {
        let server = try TLSServer(subject: "DNS:other.example.com")
        defer { server.stop() }
        expectRefusal(await answer(from: server, trusting: server.certificate), saying: "127.0.0.1")
    }

    @Test("a server that speaks nothing newer than TLS 1.1 is refused")
    func outdated() async throws {
        let server = try TLSServer(options: ["-tls1_1", "-cipher", "DEFAULT:@SECLEVEL=0"])
        defer { server.stop() }
        expectRefusal(await answer(from: server, trusting: server.certificate))
    }

    @Test("a server that speaks no TLS at all is refused")
    func plain() async throws {
        let server = try ScriptedServer(.bytes(CurlTransportTests.ok))
        defer { server.stop() }
        let transport = CurlTransport(configuration: TransportConfiguration(userAgent: "Causeway/test"))
        await #expect {
            try await transport.send(
                OutboundRequest(
                    method: .get, url: "https://127.0.0.1:\(server.port)/", timeout: .milliseconds(300)))
        } throws: { error in
            if case TransportError.notConnected = error { true } else { false }
        }
    }

    @Test("an authority file that does not exist is told as such")
    func missingBundle() async throws {
        let server = try TLSServer()
        defer { server.stop() }
        expectRefusal(await answer(from: server, trusting: "/nonexistent/ca.pem"), saying: "/nonexistent/ca.pem")
    }
}
