import Cryptography
import HTTPTypes

/// How the simulated shop signs its webhooks.
public enum WebhookSigning: Sendable, Equatable {
    /// RSA-SHA256 over base64(body): what Commerce does.
    case rsaBase64Body
    /// RSA-SHA256 over the body.
    case rsaRawBody
    /// HMAC-SHA256 over the body, base64. Cheap: for load generators.
    case hmac(secret: String)
    /// HMAC-SHA256 over base64(body), base64.
    case hmacBase64Body(secret: String)
    /// No signature header at all.
    case unsigned
}

struct WebhookSigner: Sendable {
    static let headerName = "x-adobe-commerce-webhook-signature"
    static let requestIDName = "x-adobe-commerce-request-id"

    let signing: WebhookSigning
    let key: RSAPrivateKey

    /// - Returns: The headers of one delivery of this body, with a request id of its own.
    func headers(for body: [UInt8]) throws(SandboxError) -> HTTPFields {
        var headers: HTTPFields = [.contentType: "application/json"]
        headers.set(Self.requestIDName, to: SecureRandom.hex(bytes: 16))
        if let signature = try signature(of: body) { headers.set(Self.headerName, to: Base64.encode(signature)) }
        return headers
    }

    private func signature(of body: [UInt8]) throws(SandboxError) -> [UInt8]? {
        func encoded() -> [UInt8] { Array(Base64.encode(body).utf8) }
        switch signing {
        case .rsaBase64Body: return try rsa(encoded())
        case .rsaRawBody: return try rsa(body)
        case .hmac(let secret): return HMACSHA256.code(key: Array(secret.utf8), message: body)
        case .hmacBase64Body(let secret): return HMACSHA256.code(key: Array(secret.utf8), message: encoded())
        case .unsigned: return nil
        }
    }

    private func rsa(_ message: [UInt8]) throws(SandboxError) -> [UInt8] {
        do { return try key.sign(message) } catch { throw .webhookNotSigned(reason: "\(error)") }
    }
}
