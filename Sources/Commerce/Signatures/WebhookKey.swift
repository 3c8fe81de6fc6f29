public import Cryptography

/// A key that a Commerce webhook's signature is checked with. Its kind decides how: what a request says about
/// itself decides nothing, so that no sender can have a public RSA key used as an HMAC secret.
public enum WebhookKey: Sendable {
    /// RSA PKCS #1 v1.5 with SHA-256, the signature in base64. Commerce itself signs `.base64Body`.
    case rsa(RSAPublicKey, signs: SignedMessage)
    /// HMAC-SHA256, the code in base64 or hex. Make it with `hmacSecret`, which checks the secret.
    /// - Parameter signs: `nil` takes either.
    case hmac(secret: [UInt8], signs: SignedMessage?)

    /// The shortest secret, 128 bits: whoever has seen one signed request can try shorter ones offline.
    public static let leastSecretBytes = 16

    /// A shared secret as a configuration holds it: its UTF-8 bytes are the key.
    public static func hmacSecret(
        _ text: String, signs: SignedMessage? = nil
    ) throws(KeyConfigurationError) -> WebhookKey {
        guard !text.contains("-----BEGIN") else { throw .keyAsSecret }
        guard text.first?.isWhitespace != true, text.last?.isWhitespace != true else { throw .whitespaceAround }
        let secret = Array(text.utf8)
        guard secret.count >= leastSecretBytes else {
            throw .secretTooShort(bytes: secret.count, least: leastSecretBytes)
        }
        return .hmac(secret: secret, signs: signs)
    }
}

/// What the sender puts its signature over.
public enum SignedMessage: Sendable, Hashable, CaseIterable {
    /// The ASCII text of the body in base64 (standard alphabet, padded, one line), as Commerce does.
    /// https://developer.adobe.com/commerce/extensibility/webhooks/signature-verification/
    case base64Body
    /// The body as sent.
    case rawBody
}

/// Why a shared secret is refused. Never holds the secret.
public enum KeyConfigurationError: Error, Equatable, CustomStringConvertible {
    case keyAsSecret
    case whitespaceAround
    case secretTooShort(bytes: Int, least: Int)

    public var description: String {
        switch self {
        case .keyAsSecret:
            "The HMAC secret is a PEM key. Commerce's public key belongs under rsaPublicKey: whoever knows a public "
                + "key could otherwise sign with it."
        case .whitespaceAround:
            "The HMAC secret begins or ends with white space, which a file's last line break often is. Remove it "
                + "here or have the sender use it too; the two must be equal to the byte."
        case .secretTooShort(let bytes, let least):
            "The HMAC secret has \(bytes) bytes; it must have at least \(least), and 32 random ones are better "
                + "(openssl rand -hex 32)."
        }
    }
}
