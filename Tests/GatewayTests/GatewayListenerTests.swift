import Foundation
import HTTPClient
import HTTPServer
import HTTPTypes
import Logging
import TestSupport
import Testing

@testable import Gateway

@Suite("A gateway with several listeners", .enabled(if: CertificateFiles.isAvailable, "needs the openssl command"))
struct GatewayListenerTests {
    private func status(_ url: String, trusting caBundle: String? = nil) async throws -> Int {
        let client = CurlTransport(configuration: TransportConfiguration(caBundle: caBundle, userAgent: "test"))
        return try await client.send(OutboundRequest(method: .get, url: url, timeout: .seconds(20))).status
    }

    private func withGateway(_ files: CertificateFiles, _ body: (Gateway) async throws -> Void) async throws {
        var configuration = try ConfigurationFixture.read(folder: files.folder.path)
        configuration.relay.intakeOnly = true
        configuration.server.tls = TLSConfiguration(certificate: files.certificate, key: files.key)
        configuration.server.operatorListener = ListenerSettings(.tcp(host: "127.0.0.1", port: 0))
        configuration.server.healthListener = ListenerSettings(.tcp(host: "127.0.0.1", port: 0))
        let logger = Logger(label: "test", factory: { _ in SwiftLogNoOpLogHandler() })
        let gateway = try Gateway(configuration: configuration, transport: NoTransport(), logger: logger)
        _ = try await gateway.start()
        do {
            try await body(gateway)
        } catch {
            await gateway.stop()
            throw error
        }
        await gateway.stop()
    }

    private func url(_ gateway: Gateway, _ listener: String, _ path: String) throws -> String {
        let address = try #require(gateway.address(of: listener))
        return "\(listener == "public" ? "https" : "http")://\(address)\(path)"
    }

    @Test(
        "serves each route at one of them only",
        arguments: [
            ("/webhooks/commerce/order", "public", 405), ("/operator/v1/events", "operator", 401),
            ("/status", "operator", 200), ("/metrics", "operator", 200), ("/health/live", "health", 200),
            ("/health/ready", "health", 200),
        ])
    func routes(path: String, home: String, expected: Int) async throws {
        let files = try CertificateFiles()
        try await withGateway(files) { gateway in
            for listener in ["public", "operator", "health"] {
                let status = try await status(try url(gateway, listener, path), trusting: files.certificate)
                #expect(status == (listener == home ? expected : 404), "\(listener)")
            }
        }
    }

    @Test("shows when certificates expire, and that one could not be reloaded, and takes the next one")
    func certificates() async throws {
        let files = try CertificateFiles()
        try await withGateway(files) { gateway in
            let client = CurlTransport(configuration: TransportConfiguration(userAgent: "test"))
            func page(_ listener: String, _ path: String) async throws -> String {
                let request = OutboundRequest(
                    method: .get, url: try url(gateway, listener, path), timeout: .seconds(20))
                return String(decoding: try await client.send(request).body, as: UTF8.self)
            }
            let metrics = try await page("operator", "/metrics")
            #expect(metrics.contains(#"causeway_tls_certificate_expires_seconds{listener="public"} 17"#))
            #expect(metrics.contains(#"causeway_tls_reload_failed{listener="public"} 0"#))

            let former = try files.keepCertificate(as: "former.pem")
            try Data("nothing".utf8).write(to: URL(filePath: files.certificate))
            await gateway.reloadCertificates()
            #expect(try await page("operator", "/metrics").contains(#"reload_failed{listener="public"} 1"#))
            #expect(try await page("health", "/health/ready").contains("could not be reloaded"))
            #expect(try await status(try url(gateway, "public", "/"), trusting: former) == 404)

            try files.renew()
            await gateway.reloadCertificates()
            #expect(try await status(try url(gateway, "public", "/"), trusting: files.certificate) == 404)
            #expect(try await page("health", "/health/ready").contains("warnings") == false)
        }
    }
}
