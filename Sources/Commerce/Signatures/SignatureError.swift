/// Why a webhook is not believed. For the sender's administrator; says nothing about what would have been right.
public enum SignatureError: Error, Equatable, CustomStringConvertible {
    /// - Parameter header: The header that should have been there.
    case missing(header: String)
    /// The header is neither base64 nor hex of a possible signature.
    case malformed
    /// No key verifies it.
    case invalid

    public var description: String {
        switch self {
        case .missing(let header):
            "The request has no \(header) header. Enable signatures in Commerce (Stores > Configuration > "
                + "Adobe Services > Webhooks), and check that no proxy drops the header."
        case .malformed:
            "The signature is not one that this gateway's keys can have made: expected base64, or for a shared "
                + "secret 64 hex digits or base64 of 32 bytes. Check which kind of key the sender signs with."
        case .invalid:
            "The signature does not fit the body. Check that the gateway has the sender's current key (regenerating "
                + "the key pair in Commerce replaces it at once), that it signs what is configured (the body or its "
                + "base64), and that no proxy rewrites the body."
        }
    }
}
