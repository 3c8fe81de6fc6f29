import Cryptography
import Dynamics
import Foundation
import HTTPClient
import Relay
import SignIn
import Testing

private func source(
    _ keys: [CertifiedKey], _ transport: any HTTPTransport, clock: ManualClock = ManualClock()
) -> any AccessTokenSource {
    DynamicsSignIn(.clientCertificate(.contoso, keys: keys), transport: transport, clock: clock)
        .tokens(for: .contoso)
}

private func json(_ part: Substring) throws -> [String: Any] {
    let bytes = try #require(Base64URL.decode(String(part)))
    return try #require(JSONSerialization.jsonObject(with: Data(bytes)) as? [String: Any])
}

/// The thumbprints of the certificates that were tried, in order.
private func tried(_ transport: ScriptedTransport) throws -> [String] {
    try transport.requests.map { request in
        let header = try json(#require(request.form["client_assertion"]?.split(separator: ".").first))
        return try #require(header["x5t#S256"] as? String)
    }
}

@Suite("Signing in with a certificate")
struct ClientCertificateTests {
    @Test("What is signed has the header and the claims that Entra documents, and verifies as PS256")
    func assertion() async throws {
        let key = try SampleCertificates.new.get()
        let transport = ScriptedTransport(.token("T1"))
        #expect(try await source([key], transport).token() == "T1")
        let request = try #require(transport.requests.first)
        #expect(request.url == "https://login.example/contoso.example/oauth2/v2.0/token")
        var form = request.form
        let assertion = try #require(form["client_assertion"])
        form["client_assertion"] = nil
        #expect(
            form == [
                "grant_type": "client_credentials", "client_id": "client-1",
                "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "scope": "https://contoso.operations.dynamics.com/.default",
            ])
        let parts = assertion.split(separator: ".")
        #expect(parts.count == 3)
        let header = try json(parts[0]) as NSDictionary
        #expect(
            header == [
                "alg": "PS256", "typ": "JWT", "x5t#S256": Base64URL.encode(key.certificate.sha256Thumbprint),
            ])
        let claims = try json(parts[1])
        #expect(claims["aud"] as? String == "https://login.example/contoso.example/oauth2/v2.0/token")
        #expect(claims["iss"] as? String == "client-1")
        #expect(claims["sub"] as? String == "client-1")
        #expect(claims["nbf"] as? Int64 == testSeconds)
        #expect(claims["iat"] as? Int64 == testSeconds)
        #expect(claims["exp"] as? Int64 == testSeconds + 600)
        #expect(UUID(uuidString: try #require(claims["jti"] as? String)) != nil)
        let signature = try #require(Base64URL.decode(String(parts[2])))
        let signed = Array("\(parts[0]).\(parts[1])".utf8)
        #expect(
            try RSAPublicKey(pem: key.key.publicKeyPEM).verifies(signature: signature, of: signed, padding: .pss))
    }

    @Test("Each request signs anew, so that nothing can be shown twice")
    func freshAssertions() async throws {
        let transport = ScriptedTransport(.token("T1"), .token("T2"))
        let tokens = source([try SampleCertificates.new.get()], transport)
        await tokens.invalidate(try await tokens.token())
        _ = try await tokens.token()
        let ids = try transport.requests.map { request in
            let parts = try #require(request.form["client_assertion"]).split(separator: ".")
            return try #require(try json(parts[1])["jti"] as? String)
        }
        #expect(Set(ids).count == 2)
    }

    @Test("Of two certificates the newer one is shown, whatever their order; one that is not valid yet is left out")
    func newestFirst() async throws {
        let (old, new) = (try SampleCertificates.old.get(), try SampleCertificates.new.get())
        let early = try SampleCertificates.early.get()
        let transport = ScriptedTransport(.token("T1"))
        _ = try await source([early, old, new], transport).token()
        #expect(try tried(transport) == [Base64URL.encode(new.certificate.sha256Thumbprint)])
    }

    @Test("While Entra does not know the newer certificate yet, the older one signs in")
    func rotation() async throws {
        let (old, new) = (try SampleCertificates.old.get(), try SampleCertificates.new.get())
        let transport = ScriptedTransport(.refusal(700_027), .token("T1"))
        #expect(try await source([old, new], transport).token() == "T1")
        #expect(try tried(transport) == [new, old].map { Base64URL.encode($0.certificate.sha256Thumbprint) })
    }

    @Test("Any other refusal is final: the older certificate would meet the same")
    func otherRefusal() async throws {
        let transport = ScriptedTransport(.refusal(700_016), .token("T1"))
        let tokens = source([try SampleCertificates.old.get(), try SampleCertificates.new.get()], transport)
        await #expect(throws: SignInFault.self) { try await tokens.token() }
        #expect(transport.requests.count == 1)
    }

    @Test("If Entra knows none of them, the advice names the newest by the thumbprint that the portal shows")
    func unknownCertificates() async throws {
        let new = try SampleCertificates.new.get()
        let transport = ScriptedTransport(.refusal(700_027), .refusal(700_027))
        let tokens = source([try SampleCertificates.old.get(), new], transport)
        let fault = try #require(await #expect(throws: SignInFault.self) { try await tokens.token() })
        #expect(fault.failureKind == .signInRefused)
        let thumbprint = Hex.encode(new.certificate.sha1Thumbprint).uppercased()
        #expect(fault.reason.advice?.hasPrefix("Upload the certificate with thumbprint \(thumbprint)") == true)
        #expect(fault.reason.advice?.contains("dynamics.auth.clientCertificate.certificates") == true)
    }

    @Test("An expired certificate is not shown to Entra; if there is no other, the fault names its last day")
    func expired() async throws {
        let transport = ScriptedTransport(.token("T1"))
        let fault = await #expect(throws: SignInFault.self) {
            try await source([try SampleCertificates.expired.get()], transport).token()
        }
        #expect(transport.requests.isEmpty)
        #expect(fault?.failureKind == .signInRefused)
        #expect(fault?.reason.code == "entra-no-certificate")
        #expect(fault?.description.contains("expired on 2026-01-01T10:00:11Z") == true)
        let both = [try SampleCertificates.expired.get(), try SampleCertificates.new.get()]
        #expect(try await source(both, transport).token() == "T1")
    }

    @Test("The assertion is in no error, even if Entra repeats it")
    func assertionStaysSecret() async throws {
        let key = try SampleCertificates.new.get()
        let echo = EchoingTransport()
        let fault = await #expect(throws: SignInFault.self) { try await source([key], echo).token() }
        #expect(fault?.description.contains("(secret)") == true)
        #expect(!String(reflecting: fault).contains("eyJ"))
    }
}

/// Repeats what was shown to it in its refusal.
private struct EchoingTransport: HTTPTransport {
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse {
        let assertion = request.form["client_assertion"] ?? ""
        return OutboundResponse(
            status: 401, body: Array(#"{"error":"invalid_client","error_description":"bad: \#(assertion)"}"#.utf8))
    }
}
