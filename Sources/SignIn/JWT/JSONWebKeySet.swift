public import Cryptography
import JSON

/// An issuer's public keys (RFC 7517 §5), as far as they can verify RSA signatures.
public struct JSONWebKeySet: Sendable {
    /// Entra publishes about ten.
    public static let mostKeys = 64

    private var keys: [String: RSAPublicKey] = [:]

    /// Keys of another kind or use, without an id, or too weak are left out, as RFC 7517 §5 asks.
    /// - Throws: A sentence about a text that is no key set or holds no usable key.
    public init(_ json: [UInt8]) throws(JSONWebKeySetError) {
        guard let document = try? JSONValue.parse(json), let list = document.objectValue?["keys"]?.arrayValue else {
            throw JSONWebKeySetError(reason: "the answer is no JSON Web Key Set")
        }
        guard list.count <= Self.mostKeys else {
            throw JSONWebKeySetError(reason: "the key set has \(list.count) keys, more than \(Self.mostKeys)")
        }
        for case .object(let members) in list {
            guard let id = members["kid"]?.stringValue, let key = Self.key(members) else { continue }
            keys[id] = key
        }
        guard !keys.isEmpty else { throw JSONWebKeySetError(reason: "the key set holds no RSA key for signatures") }
    }

    public subscript(id: String) -> RSAPublicKey? { keys[id] }

    private static func key(_ members: JSONObject) -> RSAPublicKey? {
        guard members["kty"]?.stringValue == "RSA", [nil, "sig"].contains(members["use"]?.stringValue),
            let modulus = members["n"]?.stringValue.flatMap(Base64URL.decode),
            let exponent = members["e"]?.stringValue.flatMap(Base64URL.decode)
        else { return nil }
        return try? RSAPublicKey(modulus: modulus, exponent: exponent)
    }
}

public struct JSONWebKeySetError: Error, Equatable, CustomStringConvertible {
    public let reason: String
    public var description: String { reason }
}
