import Foundation
import HTTPClient
import HTTPTypes
import Relay
import Sandbox
import TestSupport
import Testing

@Suite(
    "Both platforms over TLS", .enabled(if: CertificateFiles.isAvailable, "needs the openssl command"),
    .timeLimit(.minutes(5)))
struct TLSRoadTests {
    /// Ways to sign in to both: what is signed covers the scheme, and every token travels over TLS.
    struct Way: CustomTestStringConvertible, Sendable {
        let testDescription: String
        var shop = GatewayConfigurationText.CommerceWay.bearer
        var edition = SandboxCommerceSignIn.Edition.paas
        var wantsClientCertificate = false
    }

    private static let ways = [
        Way(testDescription: "an integration's token"),
        Way(testDescription: "an integration's signatures", shop: .oauth1),
        Way(testDescription: "an administrator", shop: .adminToken),
        Way(testDescription: "Adobe IMS, to the cloud service", shop: .ims, edition: .saas),
        Way(testDescription: "client certificates demanded by both", shop: .oauth1, wantsClientCertificate: true),
    ]

    @Test("an order and its invoice are carried, with an authority of one's own", arguments: ways)
    func road(_ way: Way) async throws {
        let files = try CertificateFiles()
        try files.sign("platform")
        try files.sign("gateway")
        var platforms = SandboxConfiguration()
        platforms.commerce.signIn.edition = way.edition
        platforms.tls = SandboxTLS(
            certificate: files.path("platform.pem"), key: files.path("platform.key"),
            clientCA: way.wantsClientCertificate ? files.path("ca.pem") : nil)
        let ours =
            way.wantsClientCertificate
            ? ", clientCertificate: \(files.path("gateway.pem")), clientKey: \(files.path("gateway.key"))" : ""
        let connection = "{ ca: \(files.path("ca.pem"))\(ours) }"
        try await Rig.run(
            platforms,
            text: {
                $0.commerceWay = way.shop
                $0.connection = connection
            }
        ) { rig in
            #expect(rig.addresses.commerceBaseURL.hasPrefix("https://"))
            #expect(try await rig.carry(.simple(incrementID: "000000001")).state == .done)
            let order = try #require(rig.sandbox.dynamics.snapshot().orders.first)
            #expect(try await rig.invoice(order.salesOrderNumber).state == .done)
            #expect(rig.sandbox.commerce.order(incrementID: "000000001")?.invoiceIDs.count == 1)
        }
    }

    @Test("tokens of both platforms that end between two calls are replaced, and nothing is doubled")
    func expiredTokens() async throws {
        let files = try CertificateFiles()
        try files.sign("platform")
        var platforms = SandboxConfiguration()
        platforms.tls = SandboxTLS(certificate: files.path("platform.pem"), key: files.path("platform.key"))
        let connection = "{ ca: \(files.path("ca.pem")) }"
        try await Rig.run(
            platforms,
            text: {
                $0.commerceWay = .adminToken
                $0.connection = connection
            }
        ) { rig in
            for number in 1...5 {
                let outcome = try await rig.carry(.simple(incrementID: "00000000\(number)"))
                #expect(outcome.state == .done)
                rig.sandbox.dynamics.expireTokens()
                // Not each time: a shop that refuses two tokens in a row is taken to mean the account's rights.
                if number == 2 { rig.sandbox.commerce.signIn.expireTokens() }
            }
            #expect(rig.sandbox.dynamics.snapshot().orders.count == 5)
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("without the authority nothing is sent: the order waits, and the reason names TLS")
    func unknownAuthority() async throws {
        let files = try CertificateFiles()
        try files.sign("platform")
        var platforms = SandboxConfiguration()
        platforms.tls = SandboxTLS(certificate: files.path("platform.pem"), key: files.path("platform.key"))
        try await Rig.run(platforms) { rig in
            let placed = try await rig.sandbox.commerce.place(.simple(incrementID: "000000001"))
            #expect(placed.status == 200)
            try await rig.outcomes.wait { story in
                !story.retries.isEmpty || !story.holds.isEmpty
            }
            let trace = try await rig.operate(.get, "/trace?order=000000001")
            #expect(String(decoding: trace.body, as: UTF8.self).localizedCaseInsensitiveContains("certificate"))
            #expect(rig.sandbox.dynamics.requestCounts.isEmpty)
        }
    }
}
