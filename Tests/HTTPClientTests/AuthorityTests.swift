import HTTPClient
import HTTPTypes
import TestSupport
import Testing

/// Against the `openssl` command as the server.
@Suite(
    "Certificates of servers and our own", .enabled(if: CertificateFiles.isAvailable, "needs the openssl command"),
    .timeLimit(.minutes(5)))
struct AuthorityTests {
    private let files: CertificateFiles

    init() throws {
        files = try CertificateFiles()
        try files.sign("server")
        try files.sign("client", for: "DNS:causeway.example.com")
    }

    private func server(_ name: String = "server", options: [String] = []) throws -> TLSServer {
        try TLSServer(options: options, pair: (files.path("\(name).pem"), files.path("\(name).key")))
    }

    /// Asks for a certificate of our authority, and takes nobody without one.
    private var demanding: [String] {
        ["-CAfile", files.path("ca.pem"), "-Verify", "1", "-verify_return_error"]
    }

    private func answer(
        from server: TLSServer, trusting authority: String? = "ca.pem", as identity: ClientIdentity? = nil
    ) async -> Result<Int, TransportError> {
        let transport = CurlTransport(
            configuration: TransportConfiguration(
                caBundle: authority.map(files.path), clientIdentity: identity, userAgent: "Causeway/test"))
        do throws(TransportError) {
            let url = "https://127.0.0.1:\(server.port)/"
            return .success(try await transport.send(OutboundRequest(method: .get, url: url)).status)
        } catch {
            return .failure(error)
        }
    }

    private func expectRefusal(
        _ result: Result<Int, TransportError>, saying words: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        guard case .failure(.notConnected(let reason)) = result else {
            Issue.record("expected not connected, got \(result)", sourceLocation: sourceLocation)
            return
        }
        #expect(reason.lowercased().contains(words), "\(reason)", sourceLocation: sourceLocation)
    }

    @Test("a certificate that a private authority has signed is good with that authority, and without it is not")
    func privateAuthority() async throws {
        let server = try server()
        defer { server.stop() }
        #expect(await answer(from: server) == .success(200))
        expectRefusal(await answer(from: server, trusting: nil), saying: "certificate")
        // Another authority than the one that signed.
        expectRefusal(await answer(from: server, trusting: "cert.pem"), saying: "certificate")
    }

    @Test("one that has expired, or is for another host, is refused even under a trusted authority")
    func notGood() async throws {
        try files.sign("expired", days: -1)
        try files.sign("other", for: "DNS:other.example.com")
        let expired = try server("expired")
        defer { expired.stop() }
        expectRefusal(await answer(from: expired), saying: "expired")
        let other = try server("other")
        defer { other.stop() }
        expectRefusal(await answer(from: other), saying: "127.0.0.1")
    }

    @Test("a server that demands to know who calls is shown our certificate, from PEM files or PKCS #12")
    func shown() async throws {
        let server = try server(options: demanding)
        defer { server.stop() }
        let pem = ClientIdentity.pem(chain: files.path("client.pem"), key: files.path("client.key"))
        #expect(await answer(from: server, as: pem) == .success(200))
        let bundle = ClientIdentity.pkcs12(try files.bundle("client", password: "pass"), password: "pass")
        #expect(await answer(from: server, as: bundle) == .success(200))
    }

    @Test("without one, with one of somebody else, or with a wrong password there is no answer")
    func notShown() async throws {
        let server = try server(options: demanding)
        defer { server.stop() }
        let strange = ClientIdentity.pem(chain: files.certificate, key: files.key)
        let locked = ClientIdentity.pkcs12(try files.bundle("client", password: "pass"), password: "wrong")
        let missing = ClientIdentity.pem(chain: "/nonexistent.pem", key: "/nonexistent.key")
        for identity in [nil, strange, locked, missing] {
            let result = await answer(from: server, as: identity)
            #expect(throws: TransportError.self) { try result.get() }
        }
    }
}
