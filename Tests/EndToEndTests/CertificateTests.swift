import Foundation
import HTTPClient
import HTTPTypes
import TestSupport
import Testing

@Suite(
    "The process with TLS", .enabled(if: CertificateFiles.isAvailable, "needs the openssl command"),
    .timeLimit(.minutes(5)))
struct CertificateTests {
    @Test("takes a renewed certificate on SIGHUP, and answers requests meanwhile")
    func hangUp() async throws {
        let files = try CertificateFiles()
        let port = try await FreePort.find()
        let yaml = """
            server: { port: \(port), tls: { certificate: cert.pem, key: key.pem } }
            commerce:
              baseURL: https://shop.example.com
              auth: { bearer: { token: a-token } }
              webhooks: { signatures: [ { hmacSecret: a-secret-of-some-length } ] }
            dynamics:
              environment: https://contoso.operations.dynamics.com
              auth: { clientSecret: { tenant: t, clientID: c, clientSecret: s } }
              businessEvents: { tokens: [ unguessable-event-token ] }
            legalEntities: { default: usmf }
            relay: { intakeOnly: true }
            """
        try Data(yaml.utf8).write(to: files.folder.appending(path: "causeway.yaml"))
        let process = ServedProcess(
            configuration: files.path("causeway.yaml"), port: port, scheme: "https",
            transport: client(trusting: try files.keepCertificate(as: "first.pem")))
        try await process.start()

        try files.renew()
        let renewed = client(trusting: try files.keepCertificate(as: "second.pem"))
        process.hangUp()
        let limit = ContinuousClock.now + .seconds(60)
        var isRenewed = false
        while !isRenewed, ContinuousClock.now < limit {
            // Over the connection of the start, with the certificate of then.
            #expect(try await process.get("/health/live").status == 200)
            let request = OutboundRequest(method: .get, url: process.url + "/health/live", timeout: .seconds(20))
            isRenewed = (try? await renewed.send(request).status) == 200
        }
        #expect(isRenewed)
        #expect(await process.stop() == 0)
    }

    private func client(trusting caBundle: String) -> CurlTransport {
        CurlTransport(configuration: TransportConfiguration(caBundle: caBundle, userAgent: "test"))
    }
}
