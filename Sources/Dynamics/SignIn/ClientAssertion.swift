import Cryptography
import Foundation
import JSON

/// What an application signs to show that it holds the key of its certificate (RFC 7523 §2.2,
/// learn.microsoft.com/entra/identity-platform/certificate-credentials).
struct ClientAssertion {
    static let type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

    /// Microsoft suggests five to ten minutes.
    static let lifeSeconds: Int64 = 600

    /// The token endpoint that it is shown to.
    let audience: String
    let clientID: String
    let certificate: X509Certificate
    /// Seconds since 1970 UTC.
    let issuedAt: Int64
    /// Never the same twice.
    var id = UUID().uuidString.lowercased()

    var header: JSONValue {
        [
            "alg": "PS256", "typ": "JWT",
            "x5t#S256": .string(Base64URL.encode(certificate.sha256Thumbprint)),
        ]
    }

    var claims: JSONValue {
        [
            "aud": .string(audience), "iss": .string(clientID), "sub": .string(clientID), "jti": .string(id),
            "nbf": .int(Int(issuedAt)), "iat": .int(Int(issuedAt)), "exp": .int(Int(issuedAt + Self.lifeSeconds)),
        ]
    }

    /// The three parts of a JSON Web Token in compact form (RFC 7515 §7.1).
    func signed(with key: RSAPrivateKey) throws(KeyError) -> String {
        let content = [header, claims].map { Base64URL.encode(JSONWriter.bytes($0)) }.joined(separator: ".")
        return content + "." + Base64URL.encode(try key.sign(Array(content.utf8), padding: .pss))
    }
}
