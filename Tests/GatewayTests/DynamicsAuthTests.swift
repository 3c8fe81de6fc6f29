import Cryptography
import Foundation
import Testing

@testable import Gateway

private let clientSecret = "auth: { clientSecret: { tenant: t, clientID: c, clientSecret: ${D365_SECRET} } }"

/// Certificates and keys in a folder of their own, as a configuration would name them.
private final class KeyFolder: Sendable {
    let path: String
    let key: CertifiedKey

    init() throws {
        let folder = URL(fileURLWithPath: NSTemporaryDirectory()).appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        path = folder.path
        let privateKey = try RSAPrivateKey.generate()
        key = try CertifiedKey(
            certificate: .selfSigned(privateKey, commonName: "one", notBefore: 0, notAfter: 4_102_444_800),
            key: privateKey)
        try Data(key.certificate.pem.utf8).write(to: folder.appending(path: "one.pem"))
        try Data(key.key.pem.utf8).write(to: folder.appending(path: "one.key"))
        try Data(RSAPrivateKey.generate().pem.utf8).write(to: folder.appending(path: "other.key"))
        try Data("no such thing".utf8).write(to: folder.appending(path: "note.txt"))
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func read(_ auth: String) throws(ConfigurationError) -> GatewayConfiguration {
        try ConfigurationFixture.read(replacing: clientSecret, with: "auth: { \(auth) }", folder: path)
    }

    func problems(_ auth: String) -> [String] {
        do throws(ConfigurationError) {
            _ = try read(auth)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}

@Suite("The configuration of signing in to D365")
struct DynamicsAuthTests {
    @Test("takes certificates as files")
    func certificates() throws {
        let folder = try KeyFolder()
        let configuration = try folder.read(
            "clientCertificate: { tenant: t, clientID: c, certificates: [ { certificate: one.pem, key: one.key } ] }")
        #expect(
            configuration.dynamics.auth
                == .clientCertificate(EntraSettings(tenant: "t", clientID: "c"), keys: [folder.key]))
    }

    @Test("takes a managed identity, by default the machine's own at Azure's address")
    func managedIdentity() throws {
        let folder = try KeyFolder()
        #expect(
            try folder.read("managedIdentity: {}").dynamics.auth
                == .managedIdentity(
                    ManagedIdentitySettings(endpoint: .instanceMetadata(url: "http://169.254.169.254"))))
        #expect(
            try folder.read("managedIdentity: { clientID: id-1 }").dynamics.auth
                == .managedIdentity(
                    ManagedIdentitySettings(
                        clientID: "id-1", endpoint: .instanceMetadata(url: "http://169.254.169.254"))))
    }

    @Test("asks where App Service says in the environment")
    func appService() throws {
        let yaml = ConfigurationFixture.yaml.replacing(clientSecret, with: "auth: { managedIdentity: {} }")
        let environment = ConfigurationFixture.environment.merging([
            "IDENTITY_ENDPOINT": "http://127.0.0.1:41/msi/token", "IDENTITY_HEADER": "header",
        ]) { $1 }
        let configuration = try GatewayConfiguration.read(yaml: yaml, environment: environment)
        #expect(
            configuration.dynamics.auth
                == .managedIdentity(
                    ManagedIdentitySettings(
                        endpoint: .appService(url: "http://127.0.0.1:41/msi/token", header: Secret("header")))))
    }

    @Test("takes AD FS for an environment on premises")
    func adfs() throws {
        let yaml = ConfigurationFixture.yaml
            .replacing(
                clientSecret,
                with:
                    "auth: { adfs: { authority: \"https://adfs.contoso.com/adfs/\", clientID: c, clientSecret: s } }"
            )
            .replacing("https://contoso.operations.dynamics.com", with: "https://ax.contoso.com/namespaces/AXSF/")
        let configuration = try GatewayConfiguration.read(yaml: yaml, environment: ConfigurationFixture.environment)
        #expect(configuration.dynamics.environment == "https://ax.contoso.com/namespaces/AXSF")
        #expect(
            configuration.dynamics.auth
                == .adfs(
                    ADFSSettings(
                        authority: "https://adfs.contoso.com/adfs", clientID: "c", clientSecret: Secret("s"))))
    }

    private static let entra = "tenant: t, clientID: c, certificates: "

    @Test(
        "is refused with place and expectation",
        arguments: [
            ("", "10:9: dynamics.auth: found none; expected exactly one of clientSecret, clientCertificate, "),
            (
                "managedIdentity: {}, clientSecret: { tenant: t, clientID: c, clientSecret: s }",
                "10:9: dynamics.auth: found clientSecret and managedIdentity; expected exactly one of"
            ),
            (
                "certificate: {}",
                "10:11: dynamics.auth.certificate: found an unknown key; expected "
            ),
            (
                "clientCertificate: { \(entra)[] }",
                "clientCertificate.certificates: found nothing; expected at least one certificate: { certificate:"
            ),
            (
                "clientCertificate: { \(entra)[ { } ] }",
                "certificates[0]: found none; expected exactly one of certificate, pkcs12"
            ),
            (
                "clientCertificate: { \(entra)[ { certificate: one.pem } ] }",
                "certificates[0].key: found nothing; expected the PEM file of the certificate's private key"
            ),
            (
                "clientCertificate: { \(entra)[ { certificate: none.pem, key: one.key } ] }",
                "certificates[0].certificate: found no readable file none.pem; expected a PEM file"
            ),
            (
                "clientCertificate: { \(entra)[ { certificate: one.key, key: one.key } ] }",
                "certificates[0].certificate: found no usable PEM text (the key is a private key; expected a certificate"
            ),
            (
                "clientCertificate: { \(entra)[ { certificate: one.pem, key: other.key } ] }",
                "certificates[0].key: found a key that does not belong to the certificate; expected another one"
            ),
            (
                "clientCertificate: { \(entra)[ { certificate: one.pem, key: one.key, password: p } ] }",
                "certificates[0].password: found \"password\"; expected passphrase, if the key is encrypted"
            ),
            (
                "clientCertificate: { \(entra)[ { pkcs12: note.txt } ] }",
                "certificates[0].pkcs12: found an unusable file (the PKCS #12 file can't be used"
            ),
            (
                "clientCertificate: { \(entra)[ { pkcs12: none.pfx, password: p } ] }",
                "certificates[0].pkcs12: found no readable file none.pfx; expected a .pfx or .p12 file"
            ),
            (
                "managedIdentity: { endpoint: \"http://other.example\" }",
                "managedIdentity.endpoint: found plain http to other.example; expected https"
            ),
            (
                "adfs: { authority: \"https://adfs.contoso.com/adfs\", clientID: c, clientSecret: s }",
                "9:16: dynamics.environment: found \"https://contoso.operations.dynamics.com\"; expected "
                    + "https://contoso.operations.dynamics.com/namespaces/AXSF"
            ),
        ])
    func refused(_ auth: String, _ says: String) throws {
        let problems = try KeyFolder().problems(auth)
        #expect(problems.contains { $0.contains(says) }, "\(problems)")
    }

    @Test("never shows what is secret in it")
    func secretsStaySecret() throws {
        let folder = try KeyFolder()
        let key = folder.key.key.pem.replacing("\n", with: "\\n").replacing("PRIVATE", with: "PUBLIC")
        let problems = folder.problems(
            "clientCertificate: { \(Self.entra)[ { certificate: one.pem, key: \"\(key)\" }, "
                + "{ pkcs12: \"\(String(repeating: "c2VjcmV0", count: 300))\" } ] }")
        #expect(problems.count == 2)
        #expect(!problems.contains { $0.contains("c2VjcmV0") || $0.contains("MII") }, "\(problems)")
        let secret = "auth: { adfs: { authority: \"https://adfs.example\", clientID: c, clientSecret: hunter2 } }"
        let yaml = ConfigurationFixture.yaml.replacing(clientSecret, with: secret)
            .replacing("operations.dynamics.com", with: "example/namespaces/AXSF")
        let configuration = try GatewayConfiguration.read(yaml: yaml, environment: ConfigurationFixture.environment)
        var dumped = ""
        dump(configuration.dynamics, to: &dumped)
        #expect(!"\(dumped) \(configuration.dynamics)".contains("hunter2"))
    }
}
