import Foundation
import HTTPClient
import TestSupport
import Testing

@testable import Gateway

@Suite("commerce.connection and dynamics.connection")
struct ConnectionSettingsTests {
    private static let commerce = "baseURL: https://shop.example.com"
    private static let dynamics = "environment: https://contoso.operations.dynamics.com"

    @Test("have defaults")
    func defaults() throws {
        let configuration = try ConfigurationFixture.read()
        #expect(configuration.commerce.connection == ConnectionSettings())
        #expect(configuration.dynamics.connection == ConnectionSettings())
    }

    @Test("say how each destination is reached, by itself")
    func everything() throws {
        let connection = """
              connection:
                proxy: { url: 'http://proxy.example.com:3128', user: u, password: p, except: [ '*.example.com' ] }
                connectTimeout: 3s
                maxAnswer: 1MiB
            """
        let settings = try ConfigurationFixture.read(
            replacing: Self.dynamics, with: "\(Self.dynamics)\n\(connection)")
        let proxy = ConnectionSettings.Proxy(
            url: "http://proxy.example.com:3128", user: "u", password: Secret("p"), exceptions: ["*.example.com"])
        #expect(
            settings.dynamics.connection
                == ConnectionSettings(
                    proxy: proxy, connectTimeout: .seconds(3), maxAnswer: 1 << 20))
        #expect(settings.commerce.connection == ConnectionSettings())
        #expect(!String(describing: settings.dynamics.connection).contains("\"p\""))
    }

    @Test("the shop's says how long a call may take; F&O's is in dynamics.odata")
    func timeout() throws {
        let keys = "\n  connection: { timeout: 90s }"
        #expect(
            try ConfigurationFixture.read(replacing: Self.commerce, with: Self.commerce + keys).commerce.connection
                == ConnectionSettings(timeout: .seconds(90)))
        #expect(ConfigurationFixture.problems(replacing: Self.dynamics, with: Self.dynamics + keys).count == 1)
    }

    @Test("take certificates, by paths relative to the file", .enabled(if: CertificateFiles.isAvailable))
    func certificates() throws {
        let files = try CertificateFiles()
        let keys = "connection: { ca: cert.pem, clientCertificate: cert.pem, clientKey: key.pem }"
        let settings = try ConfigurationFixture.read(
            replacing: Self.commerce, with: "\(Self.commerce)\n  \(keys)", folder: files.folder.path)
        #expect(settings.commerce.connection.ca == files.certificate)
        #expect(settings.commerce.connection.certificate == .pem(chain: files.certificate, key: files.key))
        let swapped = "connection: { clientCertificate: key.pem, clientKey: cert.pem }"
        #expect(throws: ConfigurationError.self) {
            try ConfigurationFixture.read(
                replacing: Self.commerce, with: "\(Self.commerce)\n  \(swapped)", folder: files.folder.path)
        }
        let bundle = "connection: { clientCertificate: cert.pem, clientPassword: p }"
        let other = try ConfigurationFixture.read(
            replacing: Self.commerce, with: "\(Self.commerce)\n  \(bundle)", folder: files.folder.path)
        #expect(other.commerce.connection.certificate == .pkcs12(files.certificate, password: Secret("p")))
    }

    private static func row(_ description: String, _ keys: String, _ problems: String...) -> Misconfiguration {
        var row = Misconfiguration(description, commerce, "\(commerce)\n  connection: { \(keys) }")
        row.problems = problems
        return row
    }

    @Test(
        "say what is wrong, and where",
        arguments: [
            row(
                "no such authorities", "ca: missing.pem",
                "4:21: commerce.connection.ca: found no readable file; expected a PEM file at that path, relative to "
                    + "this file"),
            row(
                "a key alone", "clientKey: key.pem",
                "4:17: commerce.connection.clientKey: found \"clientKey\"; expected clientKey only beside "
                    + "clientCertificate"),
            row(
                "a certificate alone", "clientCertificate: a.pem",
                "4:36: commerce.connection.clientCertificate: found neither; expected the path of a PEM file with its "
                    + "clientKey, or of a PKCS #12 file with its clientPassword"),
            row(
                "a proxy with a password in its address", "proxy: { url: 'http://u:secret@proxy.example.com' }",
                "4:31: commerce.connection.proxy.url: found something else; expected an address such as "
                    + "http://proxy.example.com:3128, with user and password beside it"),
            row(
                "a proxy of another kind", "proxy: { url: 'socks5://proxy.example.com' }",
                "4:31: commerce.connection.proxy.url: found something else; expected an address such as "
                    + "http://proxy.example.com:3128, with user and password beside it"),
            row(
                "an exception for everybody", "proxy: { url: 'http://p.example.com', except: [ '*' ] }",
                "4:65: commerce.connection.proxy.except[0]: found \"*\"; expected a host such as erp.example.com, or "
                    + "*.example.com"),
            row(
                "a password without its user", "proxy: { url: 'http://p.example.com', password: s }",
                "4:24: commerce.connection.proxy.user: found nothing; expected the user whose password is given"),
            row(
                "no time at all", "timeout: 0s",
                "4:26: commerce.connection.timeout: found \"0s\"; expected a duration from 1s to 10m, such as 30s, 5m "
                    + "or 4h"),
            row(
                "a switch that does not exist", "verify: false",
                "4:17: commerce.connection.verify: found an unknown key; expected one of ca, clientCertificate, "
                    + "clientKey, clientPassword, connectTimeout, maxAnswer, proxy, timeout"),
        ])
    func problems(_ row: Misconfiguration) {
        #expect(ConfigurationFixture.problems(replacing: row.piece, with: row.other) == row.problems)
    }
}
