public import Cryptography
public import JSON

/// A sign-in service as far as receivers see it: it signs tokens (RFC 7519) and publishes its keys (RFC 7517).
public struct SandboxIssuer: Sendable {
    public let key: RSAPrivateKey
    public let keyID: String

    public init(keyID: String, key: RSAPrivateKey? = nil) throws {
        self.key = try key ?? .generate()
        self.keyID = keyID
    }

    /// - Parameters:
    ///   - header: Added to `alg` and `kid`, or in their place.
    public func token(_ claims: JSONObject, header: JSONObject = [:]) throws -> String {
        var fields: JSONObject = ["alg": "RS256", "typ": "JWT", "kid": .string(keyID)]
        fields.append(contentsOf: header)
        let parts = [JSONValue.object(fields), .object(claims)].map { Base64URL.encode(JSONWriter.bytes($0)) }
        let signed = parts.joined(separator: ".")
        return "\(signed).\(Base64URL.encode(try key.sign(Array(signed.utf8))))"
    }

    /// The key set as the issuer serves it.
    public func keySet() throws -> [UInt8] {
        let numbers = try RSAPublicKey(pem: key.publicKeyPEM).numbers
        return JSONWriter.bytes([
            "keys": [
                [
                    "kty": "RSA", "use": "sig", "kid": .string(keyID), "alg": "RS256",
                    "n": .string(Base64URL.encode(numbers.modulus)), "e": .string(Base64URL.encode(numbers.exponent)),
                ]
            ]
        ])
    }
}
