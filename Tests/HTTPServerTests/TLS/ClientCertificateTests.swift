import COpenSSL
import HTTPServer
import HTTPTypes
import Testing

private let versions = [TLS1_2_VERSION, TLS1_3_VERSION]

@Suite("A listener that demands client certificates", .blocking)
struct ClientCertificateTests {
    private let server = Result { try TestAuthority("Server CA") }
    private let authority = Result { try TestAuthority("Client CA") }

    private var router: Router {
        var router = Router(logger: .silent)
        router.on(.get, "/hello") { request, _ in
            .text("\(request.clientCertificate?.subject ?? "nobody")|\(request.clientCertificate?.fingerprint ?? "")")
        }
        return router
    }

    private func withServer(_ body: (Int) async throws -> Void) async throws {
        let folder = try CertificateFolder(
            try server.get().issue("localhost"), clientCA: try authority.get().certificate)
        let credentials = try TLSCredentials(folder.configuration(clientCA: true))
        try await withTLSServer(credentials, ServerConfiguration(), router) { port, _ in try await body(port) }
    }

    private func options(
        _ version: Int32, _ certificate: TestCertificate?, _ session: TLSSession? = nil
    ) -> TLSClient.Options {
        var options = TLSClient.Options()
        options.versions = version...version
        options.certificate = certificate
        options.session = session
        return options
    }

    @Test("tells routes who the client is, also when the session is resumed", arguments: versions)
    func accepted(version: Int32) async throws {
        let certificate = try authority.get().issue("shop")
        try await withServer { port in
            let first = try TLSClient(port: port, options(version, certificate))
            let identity = try first.hello().body
            #expect(identity.hasPrefix("CN=shop,O=Example\\, Inc.|"))
            #expect(identity.split(separator: "|").last?.count == 64)
            let second = try TLSClient(port: port, options(version, certificate, try first.session()))
            #expect(second.isResumed)
            #expect(try second.hello().body == identity)
        }
    }

    enum Wrong: String, CaseIterable, Sendable { case missing, ofAnotherAuthority, expired, notYetValid, selfSigned }

    @Test("refuses others in the handshake", arguments: Wrong.allCases, versions)
    func refused(wrong: Wrong, version: Int32) async throws {
        let authority = try authority.get()
        let certificate: TestCertificate? =
            switch wrong {
            case .missing: nil
            // The same name, another key.
            case .ofAnotherAuthority: try TestAuthority("Client CA").issue("shop")
            case .expired: try authority.issue("shop", validity: -7200...(-3600))
            case .notYetValid: try authority.issue("shop", validity: 3600...7200)
            case .selfSigned: try TestAuthority("shop").issue("shop")
            }
        try await withServer { port in
            // In TLS 1.3 the client learns it by the first thing that it reads.
            let error = #expect(throws: TLSClient.Refused.self) {
                _ = try TLSClient(port: port, options(version, certificate)).hello()
            }
            let reason = error?.reason ?? ""
            #expect(reason.contains("alert"), "\(reason)")
            let good = try TLSClient(port: port, options(version, try authority.issue("other")))
            #expect(try good.hello().status == 200)
        }
    }

    @Test("does not resume the session of a client whose certificate has expired since", arguments: versions)
    func expiredSince(version: Int32) async throws {
        // Seconds are the unit of validity: this one ends while the test runs.
        let certificate = try authority.get().issue("shop", validity: -3600...2)
        try await withServer { port in
            let first = try TLSClient(port: port, options(version, certificate))
            _ = try first.hello()
            let session = try first.session()
            let end = ContinuousClock.now + .seconds(20)
            var wasRefused = false
            while !wasRefused, ContinuousClock.now < end {
                do {
                    _ = try TLSClient(port: port, options(version, certificate, session)).hello()
                } catch is TLSClient.Refused {
                    wasRefused = true
                }
            }
            #expect(wasRefused)
        }
    }

    @Test("is the only kind that asks for one")
    func unasked() async throws {
        let folder = try CertificateFolder(try server.get().issue("localhost"))
        let credentials = try TLSCredentials(folder.configuration())
        let certificate = try authority.get().issue("shop")
        try await withTLSServer(credentials, ServerConfiguration(), router) { port, _ in
            let client = try TLSClient(port: port, options(TLS1_3_VERSION, certificate))
            #expect(try client.hello().body == "nobody|")
        }
    }
}
