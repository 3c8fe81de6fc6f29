import Cryptography

/// Checks that a webhook comes from a shop that holds one of the configured keys.
///
/// Always over the bytes as received: parsing and writing the JSON again changes `110.0`, `\/` and `\u00e9`, and
/// with them the signature.
public struct WebhookSignatures: Sendable {
    /// https://developer.adobe.com/commerce/extensibility/webhooks/signature-verification/
    public static let headerName = "x-adobe-commerce-webhook-signature"
    /// A 16,384-bit RSA signature in base64 has 2,732 characters.
    public static let longestHeader = 4096

    private let keys: [WebhookKey]

    /// - Parameter keys: Any one that verifies is enough: during a rotation the old and the new one. Without keys
    ///   nothing is believed.
    public init(_ keys: [WebhookKey]) {
        self.keys = keys
    }

    /// - Parameter header: The value of `headerName`.
    public func verify(body: [UInt8], header: String?) throws(SignatureError) {
        guard let header, !header.isEmpty else { throw .missing(header: WebhookSignatures.headerName) }
        guard header.utf8.count <= WebhookSignatures.longestHeader else { throw .malformed }
        let signature = ReceivedSignature(header)
        var messages = SignedMessages(body)
        var wasTried = false
        for key in keys {
            switch key {
            case .rsa(let key, let signs):
                guard let bytes = signature.bytes else { continue }
                wasTried = true
                if key.verifies(signature: bytes, of: messages[signs]) { return }
            case .hmac(let secret, let signs):
                guard let code = signature.code, !WebhookSignatures.isPEM(secret) else { continue }
                wasTried = true
                for message in signs.map({ [$0] }) ?? [.rawBody, .base64Body] {
                    let expected = HMACSHA256.code(key: secret, message: messages[message])
                    if constantTimeEqual(expected, code) { return }
                }
            }
        }
        throw wasTried || keys.isEmpty ? .invalid : .malformed
    }

    /// A second lock on the same door as `WebhookKey.hmacSecret`: keys can be made without it.
    private static func isPEM(_ secret: [UInt8]) -> Bool {
        secret.starts(with: Array("-----BEGIN".utf8))
    }
}

/// The header's bytes, as far as it can be read as such.
private struct ReceivedSignature {
    /// From base64.
    let bytes: [UInt8]?
    /// An HMAC-SHA256, from hex or base64. 64 hex digits are base64 too, but of 48 bytes, so there is no doubt.
    let code: [UInt8]?

    init(_ header: String) {
        let decoded = Base64.decode(header).flatMap { $0.isEmpty ? nil : $0 }
        bytes = decoded
        if header.utf8.count == 2 * HMACSHA256.byteCount, let code = Hex.decode(header) {
            self.code = code
        } else {
            code = decoded?.count == HMACSHA256.byteCount ? decoded : nil
        }
    }
}

/// The body in the forms that may be signed. Its base64 is made when first asked for, and once.
private struct SignedMessages {
    private let body: [UInt8]
    private lazy var base64 = Base64.encodeBytes(body)

    init(_ body: [UInt8]) {
        self.body = body
    }

    subscript(message: SignedMessage) -> [UInt8] {
        mutating get {
            switch message {
            case .base64Body: base64
            case .rawBody: body
            }
        }
    }
}
