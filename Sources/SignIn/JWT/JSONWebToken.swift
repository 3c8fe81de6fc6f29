import Cryptography
import JSON

/// A signed token in compact form (RFC 7515 §7.1), taken apart and not believed yet.
struct JSONWebToken {
    /// Entra's tokens with many groups stay under 5 KB; request heads end at 16 KB.
    static let longest = 8192
    static let longestHeader = 1024

    let algorithm: String?
    let keyID: String?
    let claims: JSONObject
    /// What the signature is over: header and payload as received, with the dot between them.
    let signed: [UInt8]
    let signature: [UInt8]

    init(_ text: String) throws(JWTError) {
        guard text.utf8.count <= Self.longest else { throw .tooLong(limit: Self.longest) }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw .malformed("it has \(parts.count) parts, not 3") }
        guard parts[0].utf8.count <= Self.longestHeader else {
            throw .malformed("its header is longer than \(Self.longestHeader) bytes")
        }
        let header = try Self.object(parts[0], "header")
        // Extensions that must be understood (RFC 7515 §4.1.11); none is.
        guard header["crit"] == nil else { throw .malformed("it demands extensions (crit)") }
        algorithm = header["alg"]?.stringValue
        keyID = header["kid"]?.stringValue
        claims = try Self.object(parts[1], "payload")
        guard let signature = Base64URL.decode(String(parts[2])), !signature.isEmpty else {
            throw .malformed("its signature is not base64url")
        }
        self.signature = signature
        signed = Array("\(parts[0]).\(parts[1])".utf8)
    }

    private static func object(_ part: Substring, _ name: String) throws(JWTError) -> JSONObject {
        guard let bytes = Base64URL.decode(String(part)) else { throw .malformed("its \(name) is not base64url") }
        guard let value = try? JSONValue.parse(bytes, repeatedNames: .refused), case .object(let object) = value
        else { throw .malformed("its \(name) is no JSON object whose names each stand once") }
        return object
    }
}
