import Cryptography
import Dynamics
import Foundation
import HTTPClient
import Relay

/// 2026-01-01 10:00:12 UTC, where tests' clocks begin.
let testSeconds: Int64 = 1_767_261_612

enum SampleCertificates {
    /// Keys take a while to make, so each is made once.
    static let old = make("old", notBefore: testSeconds - 1000, notAfter: testSeconds + 5000)
    static let new = make("new", notBefore: testSeconds - 10, notAfter: testSeconds + 90_000)
    static let expired = make("expired", notBefore: testSeconds - 90_000, notAfter: testSeconds - 1)
    static let early = make("early", notBefore: testSeconds + 60, notAfter: testSeconds + 90_000)

    private static func make(_ name: String, notBefore: Int64, notAfter: Int64) -> Result<CertifiedKey, any Error> {
        Result {
            let key = try RSAPrivateKey.generate()
            return try CertifiedKey(
                certificate: .selfSigned(key, commonName: name, notBefore: notBefore, notAfter: notAfter), key: key)
        }
    }
}

extension SignInResource {
    static let contoso = SignInResource.environment("https://contoso.operations.dynamics.com/")
}

extension EntraApplication {
    static let contoso = EntraApplication(
        tenant: "contoso.example", clientID: "client-1", authority: "https://login.example/")
}

extension OutboundRequest {
    /// The fields of a form.
    var form: [String: String] {
        var components = URLComponents()
        components.percentEncodedQuery = text
        return Dictionary(uniqueKeysWithValues: (components.queryItems ?? []).map { ($0.name, $0.value ?? "") })
    }

    /// The fields of the URL's query.
    var query: [String: String] {
        let items = URLComponents(string: url)?.queryItems ?? []
        return Dictionary(uniqueKeysWithValues: items.map { ($0.name, $0.value ?? "") })
    }
}

extension ScriptedTransport.Reply {
    static func token(_ value: String, _ expiresIn: String = "3599") -> Self {
        .answer(200, #"{"token_type":"Bearer","expires_in":\#(expiresIn),"access_token":"\#(value)"}"#)
    }

    static func refusal(_ code: Int, status: Int = 401) -> Self {
        .answer(
            status,
            #"{"error":"invalid_client","error_description":"AADSTS\#(code): No.\r\nTrace ID: 1","error_codes":[\#(code)]}"#
        )
    }
}
