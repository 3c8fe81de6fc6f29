import COpenSSL
import HTTPServer
import Testing

private func options(_ change: (inout TLSClient.Options) -> Void) -> TLSClient.Options {
    var options = TLSClient.Options()
    change(&options)
    return options
}

@Suite("A TLS handshake", .blocking)
struct HandshakeTests {
    @Test("agrees on TLS 1.2 or 1.3, without compression", arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func versions(version: Int32) async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port, options { $0.versions = version...version })
            #expect(client.version == version)
            #expect(!client.hasCompression)
            #expect(try client.hello().body == "hello")
        }
    }

    @Test("prefers TLS 1.3")
    func newest() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port)
            #expect(client.version == TLS1_3_VERSION)
        }
    }

    @Test("is refused for older versions", arguments: [TLS1_VERSION, TLS1_1_VERSION])
    func outdated(version: Int32) async throws {
        try await withTLSServer { port in
            let old = options {
                $0.versions = version...version
                $0.ciphers = "ALL:@SECLEVEL=0"
            }
            #expect(throws: TLSClient.Refused.self) { try TLSClient(port: port, old) }
        }
    }

    @Test(
        "in TLS 1.2 uses forward secrecy and authenticated encryption",
        arguments: [
            "ECDHE-ECDSA-AES128-GCM-SHA256", "ECDHE-ECDSA-AES256-GCM-SHA384", "ECDHE-ECDSA-CHACHA20-POLY1305",
        ])
    func goodCiphers(name: String) async throws {
        try await withTLSServer { port in
            let one = options {
                $0.versions = TLS1_2_VERSION...TLS1_2_VERSION
                $0.ciphers = name
            }
            let client = try TLSClient(port: port, one)
            #expect(client.cipher == name)
        }
    }

    @Test(
        "is refused for ciphers without them",
        arguments: [
            "ECDHE-ECDSA-AES128-SHA", "ECDHE-ECDSA-AES256-SHA384", "AES128-GCM-SHA256", "DHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES128-CCM", "aNULL:@SECLEVEL=0",
        ])
    func weakCiphers(name: String) async throws {
        try await withTLSServer { port in
            let weak = options {
                $0.versions = TLS1_2_VERSION...TLS1_2_VERSION
                $0.ciphers = name
            }
            #expect(throws: TLSClient.Refused.self) { try TLSClient(port: port, weak) }
        }
    }

    @Test(
        "selects http/1.1 wherever it stands among the protocols offered, and needs no offer",
        arguments: [[], ["http/1.1"], ["h2", "http/1.1"], ["http/1.1", "h2"], ["x", "http/1.1", "y"]])
    func applicationProtocol(offered: [String]) async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port, options { $0.protocols = offered })
            #expect(client.selectedProtocol == (offered.isEmpty ? "" : "http/1.1"))
            #expect(try client.hello().status == 200)
        }
    }

    @Test(
        "is refused by no_application_protocol for a client that only speaks others",
        arguments: [["h2"], ["http/1.0"], ["http/1.10"], ["ttp/1.1"], ["h2", "spdy/3"]])
    func otherProtocols(offered: [String]) async throws {
        try await withTLSServer { port in
            let error = #expect(throws: TLSClient.Refused.self) {
                try TLSClient(port: port, options { $0.protocols = offered })
            }
            #expect(error?.reason.contains("no application protocol") == true)
        }
    }

    @Test(
        "accepts the configured names, and clients that ask for none",
        arguments: ["shop.example.com", "SHOP.example.com", "a.wild.example.com", nil])
    func knownNames(name: String?) async throws {
        try await withTLSServer(serverNames: ["shop.example.com", "*.wild.example.com"]) { port in
            let client = try TLSClient(port: port, options { $0.serverName = name })
            #expect(try client.hello(host: name ?? "anything").status == 200)
        }
    }

    @Test(
        "is refused by unrecognized_name for any other name",
        arguments: ["example.com", "wild.example.com", "a.b.wild.example.com", "shop.example.com.evil.org"])
    func unknownNames(name: String) async throws {
        try await withTLSServer(serverNames: ["shop.example.com", "*.wild.example.com"]) { port in
            let error = #expect(throws: TLSClient.Refused.self) {
                try TLSClient(port: port, options { $0.serverName = name })
            }
            #expect(error?.reason.contains("unrecognized name") == true)
        }
    }

    @Test("takes any name where none is configured")
    func anyName() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port, options { $0.serverName = "whatever.example.org" })
            #expect(try client.hello(host: "other.example.org").status == 200)
        }
    }

    @Test(
        "for one name does not carry requests for another: 421",
        arguments: [
            ("a.example.com", 200), ("A.Example.com:8443", 200), ("a.example.com.", 200), ("b.example.com", 421),
            ("a.example.com.evil.org", 421), ("127.0.0.1", 421), ("[::1]:443", 421),
        ])
    func misdirected(host: String, status: Int) async throws {
        try await withTLSServer(serverNames: ["a.example.com", "b.example.com"]) { port in
            let client = try TLSClient(port: port, options { $0.serverName = "a.example.com" })
            #expect(try client.hello(host: host).status == status)
        }
    }

    @Test("can be shortened by resuming a session", arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func resumption(version: Int32) async throws {
        try await withTLSServer { port in
            let first = try TLSClient(port: port, options { $0.versions = version...version })
            _ = try first.hello()
            let session = try first.session()
            let second = try TLSClient(
                port: port,
                options {
                    $0.versions = version...version
                    $0.session = session
                })
            #expect(!first.isResumed)
            #expect(second.isResumed)
            #expect(try second.hello().body == "hello")
        }
    }

    @Test("cannot be repeated within a connection")
    func renegotiation() async throws {
        try await withTLSServer { port in
            let client = try TLSClient(port: port, options { $0.versions = TLS1_2_VERSION...TLS1_2_VERSION })
            _ = try client.hello()
            let error = #expect(throws: TLSClient.Refused.self) { try client.renegotiate() }
            #expect(error?.reason.contains("no renegotiation") == true)
        }
    }
}
