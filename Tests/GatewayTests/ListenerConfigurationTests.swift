import Foundation
import HTTPServer
import TestSupport
import Testing

@testable import Gateway

private let server = "server: { host: 127.0.0.1, port: 0 }"

private let unreadable =
    "1:31: server.tls.certificate: found an unusable file; expected another one: "
    + "the certificate file /no/c can't be read: No such file or directory"

private let mistakes = [
    Misconfiguration(
        "TLS without a key", server, "server: { tls: { certificate: /no/cert.pem } }",
        "1:16: server.tls.key: found nothing; expected the path of a PEM file: the certificate's private key"),
    Misconfiguration(
        "a certificate that does not exist", server,
        "server: { tls: { certificate: /no/cert.pem, key: /no/key.pem } }",
        "1:31: server.tls.certificate: found an unusable file; expected another one: "
            + "the certificate file /no/cert.pem can't be read: No such file or directory"),
    Misconfiguration(
        "a server name that is none", server,
        "server: { tls: { certificate: /no/c, key: /no/k, serverNames: [ a_b, 10.0.0.1, ok.example.com ] } }",
        unreadable,
        "1:65: server.tls.serverNames[0]: found \"a_b\"; "
            + "expected a DNS name such as shop.example.com or *.example.com",
        "1:70: server.tls.serverNames[1]: found \"10.0.0.1\"; "
            + "expected a DNS name such as shop.example.com or *.example.com"),
    Misconfiguration(
        "a list of server names without names", server,
        "server: { tls: { certificate: /no/c, key: /no/k, serverNames: [] } }",
        unreadable, "1:63: server.tls.serverNames: found no name; expected at least one, or no serverNames"),
    Misconfiguration(
        "a misspelt key of TLS", server, "server: { tls: { certificate: /no/c, key: /no/k, clientCa: a } }",
        unreadable, "1:50: server.tls.clientCa: found an unknown key; expected perhaps clientCA"),
    Misconfiguration(
        "a socket and a port", server, "server: { unix: /run/a.sock, port: 80 }",
        "1:30: server.port: found \"port\"; expected either unix, or host and port"),
    Misconfiguration(
        "a mode without a socket", server, "server: { port: 80, mode: \"0660\" }",
        "1:21: server.mode: found \"mode\"; expected mode only beside unix"),
    Misconfiguration(
        "a mode that is no octal number", server, "server: { unix: /run/a.sock, mode: rw }",
        "1:36: server.mode: found \"rw\"; expected an octal number of three digits in quotes, such as \"0660\""),
    Misconfiguration(
        "a listener without a place", server, "server: { listeners: { health: { host: 127.0.0.1 } } }",
        "1:32: server.listeners.health.port: found nothing; "
            + "expected the port of this listener, or unix: the path of a socket"),
    Misconfiguration(
        "a listener of an unknown role", server, "server: { listeners: { admin: { port: 1 } } }",
        "1:24: server.listeners.admin: found an unknown key; expected one of health, operator"),
    Misconfiguration(
        "two listeners on one port", server,
        "server: { port: 8443, listeners: { operator: { host: 0.0.0.0, port: 8443 } } }",
        "1:46: server.listeners.operator: found the place where the public listener is; "
            + "expected another port or path; without this section, public serves these routes"),
    Misconfiguration(
        "two listeners on one socket", server,
        "server: { listeners: { operator: { unix: /run/a }, health: { unix: /run/a } } }",
        "1:60: server.listeners.health: found the place where the operator listener is; "
            + "expected another port or path; without this section, operator serves these routes"),
]

@Suite("The configuration of listeners")
struct ListenerConfigurationTests {
    @Test("refuses what can't work, with line and column", arguments: mistakes)
    func refused(_ row: Misconfiguration) {
        #expect(ConfigurationFixture.problems(replacing: row.piece, with: row.other) == row.problems)
    }

    @Test("needs nothing for one plain listener")
    func none() throws {
        let settings = try ConfigurationFixture.read().server
        #expect(settings.allListeners.map(\.role) == [.public])
        #expect(settings.roles(servedBy: .public) == Set(ListenerRole.allCases))
    }

    @Test("moves routes to the listeners that are given for them")
    func roles() throws {
        let other = """
            server:
              port: 8443
              listeners:
                operator: { port: 8081 }
                health: { unix: health.sock, mode: "0666" }
            """
        let settings = try ConfigurationFixture.read(replacing: server, with: other).server
        #expect(settings.roles(servedBy: .public) == [.public])
        #expect(settings.roles(servedBy: .operator) == [.operator])
        #expect(settings.operatorListener?.place == .tcp(host: "127.0.0.1", port: 8081))
        #expect(settings.healthListener?.place == .unix(path: "/etc/causeway/health.sock", mode: 0o666))
        #expect(settings.localURL == "http://127.0.0.1:8081")
    }

    @Test(
        "reads TLS with everything that belongs to it",
        .enabled(if: CertificateFiles.isAvailable, "needs the openssl command"))
    func tls() throws {
        let files = try CertificateFiles()
        let other =
            "server: { port: 443, limits: { handshakeTimeout: 3s }, tls: { certificate: cert.pem, key: key.pem, "
            + "clientCA: cert.pem, serverNames: [ Shop.Example.com, \"*.example.org\" ] } }"
        let settings = try ConfigurationFixture.read(replacing: server, with: other, folder: files.folder.path).server
        #expect(
            settings.tls
                == TLSConfiguration(
                    certificate: files.folder.path + "/cert.pem", key: files.folder.path + "/key.pem",
                    clientCA: files.folder.path + "/cert.pem", serverNames: ["shop.example.com", "*.example.org"]))
        #expect(settings.localURL == "https://127.0.0.1:443")
        #expect(settings.serverConfiguration.handshakeTimeout == .seconds(3))
    }
}
