import Foundation
import HTTPServer
import Logging

/// A folder with a server's certificate and key, removed with its owner.
final class CertificateFolder: Sendable {
    let url = FileManager.default.temporaryDirectory.appending(path: "causeway-tls-\(UUID().uuidString)")

    init(_ certificate: TestCertificate, clientCA: String? = nil) throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        try put(certificate)
        if let clientCA { try write(clientCA, "ca.pem") }
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func put(_ pair: TestCertificate) throws {
        try write(pair.certificate, "cert.pem")
        try write(pair.key, "key.pem")
    }

    func write(_ text: String, _ name: String) throws {
        try Data(text.utf8).write(to: url.appending(path: name), options: .atomic)
    }

    func path(_ name: String) -> String { url.appending(path: name).path }

    func configuration(clientCA: Bool = false, serverNames: [String] = []) -> TLSConfiguration {
        TLSConfiguration(
            certificate: path("cert.pem"), key: path("key.pem"), clientCA: clientCA ? path("ca.pem") : nil,
            serverNames: serverNames)
    }
}

/// A TLS server on a free port for the time of one test.
func withTLSServer(
    _ credentials: TLSCredentials, _ configuration: ServerConfiguration = ServerConfiguration(),
    _ router: Router = .echoing, _ body: (Int, Server) async throws -> Void
) async throws {
    let listener = ListenerConfiguration(
        name: "public", address: SocketAddress(host: "127.0.0.1", port: 0), tls: credentials, responder: router)
    let server = Server(configuration: configuration, listeners: [listener], logger: .silent)
    let address = try server.start()
    do {
        try await body(address.port, server)
    } catch {
        await server.stop(deadline: .zero)
        throw error
    }
    await server.stop(deadline: .zero)
}

/// With a certificate for `localhost`.
func withTLSServer(
    serverNames: [String] = [], _ configuration: ServerConfiguration = ServerConfiguration(),
    _ router: Router = .echoing, _ body: (Int) async throws -> Void
) async throws {
    let folder = try CertificateFolder(try TestAuthority().issue("localhost"))
    let credentials = try TLSCredentials(folder.configuration(serverNames: serverNames))
    try await withTLSServer(credentials, configuration, router) { port, _ in try await body(port) }
}
