import Cryptography
import HTTPTypes

/// Signatures as *Standard Webhooks* 1.0.0 defines them, symmetric kind.
/// https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
struct WebhookSigner: Sendable {
    /// What the specification demands of a secret, in bytes.
    static let secretBytes = 24...64
    static let prefix = "whsec_"

    /// One, or two while the secret is being changed.
    private let keys: [[UInt8]]

    /// - Parameter keys: As `key(of:)` returns them.
    init(keys: [[UInt8]]) { self.keys = keys }

    /// - Returns: `nil` unless the text is `whsec_` and base64 of something.
    static func key(of secret: String) -> [UInt8]? {
        guard secret.hasPrefix(prefix), let key = Base64.decode(String(secret.dropFirst(prefix.count))), !key.isEmpty
        else { return nil }
        return key
    }

    /// The three header fields. Signed is `<id>.<seconds>.<body>`.
    /// - Parameters:
    ///   - id: Without full stops, the same for each attempt.
    ///   - seconds: Since 1970, of this attempt.
    func headers(id: String, seconds: Int64, body: [UInt8]) -> HTTPFields {
        let message = Array("\(id).\(seconds).".utf8) + body
        let signatures = keys.map { "v1," + Base64.encode(HMACSHA256.code(key: $0, message: message)) }
        var fields = HTTPFields()
        for (name, value) in [
            ("webhook-id", id), ("webhook-timestamp", "\(seconds)"),
            ("webhook-signature", signatures.joined(separator: " ")),
        ] {
            if let name = HTTPField.Name(name) { fields[name] = value }
        }
        return fields
    }
}
