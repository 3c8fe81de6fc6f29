import Cryptography
import Foundation
import Gateway
import HTTPClient
import Relay
import Sandbox
import Testing

/// Each way to sign in, as an operator would configure it for the sandbox.
private enum Way: String, CaseIterable, CustomTestStringConvertible {
    case clientSecret, certificate, twoCertificates, pkcs12File, managedIdentity, userAssignedIdentity, appService,
        adfs

    var testDescription: String { rawValue }

    var platforms: SandboxConfiguration {
        var platforms = SandboxConfiguration()
        platforms.dynamics.isOnPremises = self == .adfs
        return platforms
    }

    func environment(_ addresses: SandboxAddresses) -> [String: String] {
        guard self == .appService else { return [:] }
        return [
            "IDENTITY_ENDPOINT": addresses.authorityURL + "/msi/token",
            "IDENTITY_HEADER": SandboxDynamicsConfiguration().identityHeader,
        ]
    }

    func yaml(_ sandbox: Sandbox, _ addresses: SandboxAddresses) throws -> String {
        let entra = Way.entra(addresses)
        let dynamics = SandboxDynamicsConfiguration()
        switch self {
        case .clientSecret:
            return "{ clientSecret: { \(entra), clientSecret: \(dynamics.clientSecret) } }"
        case .certificate:
            return "{ clientCertificate: { \(entra), certificates: [ \(Way.pem(try Way.registered(sandbox))) ] } }"
        case .twoCertificates:
            // The newer one is not uploaded yet.
            let newer = try SandboxIdentity.makeCertificate(validFrom: -1)
            let keys = [newer, try Way.registered(sandbox)].map(Way.pem).joined(separator: ", ")
            return "{ clientCertificate: { \(entra), certificates: [ \(keys) ] } }"
        case .pkcs12File:
            let file = try #require(Base64.decode(SampleClient.pkcs12))
            sandbox.dynamics.identity.register(try CertifiedKey(pkcs12: file, password: "geheim").certificate)
            let entry = "{ pkcs12: \(SampleClient.pkcs12), password: geheim }"
            return "{ clientCertificate: { \(entra), certificates: [ \(entry) ] } }"
        case .managedIdentity:
            return "{ managedIdentity: { endpoint: \"\(addresses.authorityURL)\" } }"
        case .userAssignedIdentity:
            let client = try #require(dynamics.managedIdentities.first)
            return "{ managedIdentity: { endpoint: \"\(addresses.authorityURL)\", clientID: \(client) } }"
        case .appService:
            return "{ managedIdentity: {} }"
        case .adfs:
            return "{ adfs: { authority: \"\(addresses.authorityURL)\", clientID: \(dynamics.clientID), "
                + "clientSecret: \(dynamics.clientSecret) } }"
        }
    }

    static func entra(_ addresses: SandboxAddresses) -> String {
        let dynamics = SandboxDynamicsConfiguration()
        return "tenant: \(dynamics.tenant), clientID: \(dynamics.clientID), authority: \"\(addresses.authorityURL)\""
    }

    static func registered(_ sandbox: Sandbox) throws -> CertifiedKey {
        let key = try SandboxIdentity.makeCertificate()
        sandbox.dynamics.identity.register(key.certificate)
        return key
    }

    static func pem(_ key: CertifiedKey) -> String {
        func quoted(_ pem: String) -> String { "\"" + pem.replacing("\n", with: "\\n") + "\"" }
        return "{ certificate: \(quoted(key.certificate.pem)), key: \(quoted(key.key.pem)) }"
    }
}

@Suite("Signing in to D365", .timeLimit(.minutes(5)))
struct SignInTests {
    @Test("an order arrives with each way of signing in, and by one token", arguments: Way.allCases)
    private func carries(_ way: Way) async throws {
        try await Rig.run(way.platforms, environment: way.environment, signIn: way.yaml) { rig in
            let outcome = try await rig.carry(.simple(incrementID: "000000001"))
            let order = try #require(rig.sandbox.dynamics.orders(reference: "000000001", dataAreaId: "usmf").first)
            #expect(outcome == .done(summary: order.salesOrderNumber))
            let signIns = rig.sandbox.dynamics.requestCounts.filter { $0.key.hasSuffix("token") }
            #expect(signIns.values.reduce(0, +) == (way == .twoCertificates ? 2 : 1))
        }
    }

    @Test(
        "tokens that end while records are on their way are replaced, and nothing is doubled",
        arguments: [
            Way.clientSecret, .certificate, .managedIdentity, .adfs,
        ])
    private func expiry(_ way: Way) async throws {
        try await Rig.run(way.platforms, signIn: way.yaml) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.dynamics.expireTokens()
            let outcome = try await rig.carry(.guest(incrementID: "000000002"))
            guard case .done = outcome else {
                Issue.record("\(outcome)")
                return
            }
            #expect(rig.sandbox.dynamics.doubles().isEmpty)
        }
    }

    @Test("a certificate is replaced without a restart: once the old one is gone, the newer one signs in")
    func rotation() async throws {
        let (old, new) = (try SandboxIdentity.makeCertificate(), try SandboxIdentity.makeCertificate(validFrom: -1))
        let signIn: Rig.SignIn = { sandbox, addresses in
            sandbox.dynamics.identity.register(old.certificate)
            let keys = [old, new].map(Way.pem).joined(separator: ", ")
            return "{ clientCertificate: { \(Way.entra(addresses)), certificates: [ \(keys) ] } }"
        }
        try await Rig.run(signIn: signIn) { rig in
            try await rig.carry(.simple(incrementID: "000000001"))
            rig.sandbox.dynamics.identity.register(new.certificate)
            rig.sandbox.dynamics.identity.remove(old.certificate)
            rig.sandbox.dynamics.expireTokens()
            let outcome = try await rig.carry(.guest(incrementID: "000000002"))
            guard case .done = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
    }

    @Test("the machine's identity is out of order for a moment (410): the order waits and arrives")
    func metadataUpdate() async throws {
        try await Rig.run(signIn: Way.managedIdentity.yaml) { rig in
            rig.sandbox.dynamics.identity.nextMetadataUpdates = 3
            let outcome = try await rig.carry(.simple(incrementID: "000000001"))
            guard case .done = outcome else {
                Issue.record("\(outcome)")
                return
            }
        }
    }

    struct Mistake: CustomTestStringConvertible, Sendable {
        let testDescription: String
        let spoil: @Sendable (Sandbox) -> Void
        let says: String
    }

    @Test(
        "a check of the connections names what has to change",
        arguments: [
            Mistake(
                testDescription: "expired secret", spoil: { $0.dynamics.identity.secretIsExpired = true },
                says: "AADSTS7000222"),
            Mistake(
                testDescription: "application not listed in F&O", spoil: { $0.dynamics.identity.isListed = false },
                says: "although the token is fresh"),
            Mistake(
                testDescription: "too many requests",
                spoil: { sandbox in sandbox.dynamics.identityFaults.update { $0.nextTooManyRequests = 5 } },
                says: "status 429"),
        ])
    func mistakes(_ mistake: Mistake) async throws {
        try await Rig.run { rig in
            mistake.spoil(rig.sandbox)
            let configuration = try GatewayConfiguration.read(
                yaml: rig.text.yaml(for: rig.addresses, SandboxConfiguration()))
            let results = try await ConnectionCheck(configuration).run()
            let dynamics = try #require(results.first { $0.destination == "dynamics" })
            #expect(!dynamics.isWorking)
            #expect(dynamics.problems.contains { $0.contains(mistake.says) }, "\(dynamics.problems)")
        }
    }
}
