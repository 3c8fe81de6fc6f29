public import Cryptography

/// Checks that Adobe signed an event.
///
/// Always over the bytes as received. Two signatures are sent with keys of different ages; one that verifies is enough.
/// https://developer.adobe.com/events/docs/guides/
public struct EventSignatures: Sendable {
    /// The headers of one request.
    public struct Headers: Sendable {
        /// Up to two: `x-adobe-digital-signature-1` with `x-adobe-public-key1-path`, and the same with 2.
        public var digital: [(signature: String, keyPath: String)]
        /// `x-adobe-signature`.
        public var hmac: String?

        public init(digital: [(signature: String, keyPath: String)] = [], hmac: String? = nil) {
            self.digital = digital
            self.hmac = hmac
        }
    }

    public enum Failure: Error, Equatable, CustomStringConvertible {
        case missing
        case invalid
        /// It cannot be told now. Adobe tries again on 503.
        case keysUnavailable(String)

        public var description: String {
            switch self {
            case .missing:
                "The request has no signature that this gateway can check: expected x-adobe-digital-signature-1 and "
                    + "x-adobe-public-key1-path. Check that no proxy drops them."
            case .invalid:
                "No signature fits the body. Check that no proxy rewrites the body, and that pinned keys are Adobe's "
                    + "current ones."
            case .keysUnavailable(let reason):
                "Adobe's public key could not be fetched: \(reason)."
            }
        }
    }

    /// Of a header's characters; a 16,384-bit RSA signature in base64 has 2,732.
    static let longestSignature = 4096

    private let keys: any EventKeySource
    private let secrets: [[UInt8]]

    /// - Parameter secrets: Client secrets, for the older HMAC signatures; none: those are not taken.
    public init(keys: any EventKeySource, secrets: [[UInt8]] = []) {
        self.keys = keys
        self.secrets = secrets
    }

    public func verify(body: [UInt8], headers: Headers) async throws(Failure) {
        guard !headers.digital.isEmpty || headers.hmac != nil && !secrets.isEmpty else { throw .missing }
        if isHMAC(headers.hmac, of: body) { return }
        var unavailable: String?
        for (signature, path) in headers.digital.prefix(2) {
            guard signature.utf8.count <= Self.longestSignature, let bytes = Base64.decode(signature), !bytes.isEmpty
            else { continue }
            do throws(EventKeyError) {
                let candidates = try await keys.keys(path: path)
                if candidates.contains(where: { $0.verifies(signature: bytes, of: body) }) { return }
            } catch {
                if case .unavailable(let reason) = error { unavailable = reason }
            }
        }
        if let unavailable { throw .keysUnavailable(unavailable) }
        throw .invalid
    }

    /// base64(HMAC-SHA256(client secret, body)).
    private func isHMAC(_ header: String?, of body: [UInt8]) -> Bool {
        guard let header, header.utf8.count <= Self.longestSignature, let code = Base64.decode(header) else {
            return false
        }
        return secrets.contains { constantTimeEqual(HMACSHA256.code(key: $0, message: body), code) }
    }
}

/// Where the keys come from that Adobe signs events with.
public protocol EventKeySource: Sendable {
    /// - Parameter path: As the request names it: `/prod/keys/pub-key-….pem`.
    func keys(path: String) async throws(EventKeyError) -> [RSAPublicKey]
}

public enum EventKeyError: Error, Equatable {
    /// Not one where Adobe has its keys.
    case foreignPath
    case unavailable(String)
}

/// Keys from a configuration, whatever a request names: for gateways that may not call Adobe.
public struct PinnedEventKeys: EventKeySource {
    private let pinned: [RSAPublicKey]

    public init(_ keys: [RSAPublicKey]) {
        pinned = keys
    }

    public func keys(path: String) -> [RSAPublicKey] { pinned }
}
