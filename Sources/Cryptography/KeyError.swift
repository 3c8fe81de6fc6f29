/// Why a key was not accepted or did not work. Never quotes the key.
public enum KeyError: Error, Equatable, CustomStringConvertible {
    /// The text holds no block `-----BEGIN …-----` that can be read.
    case notPEM(expected: String)
    case wrongKind(found: String, expected: String)
    /// Too short to be secure, or longer than OpenSSL works with.
    case unsuitableSize(bits: Int, allowed: ClosedRange<Int>)
    /// The block has the right kind, but what it holds is not a sound key. The reason is OpenSSL's.
    case malformed(kind: String, reason: String)
    /// The password does not open it.
    case wrongPassword(kind: String)
    /// Its encryption is one that this installation of OpenSSL does not offer.
    case unsupportedEncryption(kind: String)
    /// The certificate vouches for another key.
    case foreignKey(certificate: String)
    /// OpenSSL refused to make or to use a key.
    case failed(operation: String, reason: String)

    public var description: String {
        switch self {
        case .notPEM(let expected):
            "the key is not readable PEM text; expected \(expected)"
        case .wrongKind(let found, let expected):
            "the key is \(found); expected \(expected)"
        case .unsuitableSize(let bits, let allowed):
            "the RSA key has \(bits) bits; expected \(allowed.lowerBound) to \(allowed.upperBound)"
        case .malformed(let kind, let reason):
            "the \(kind) can't be used: \(reason)"
        case .wrongPassword(let kind):
            "the \(kind) can't be opened with this password"
        case .unsupportedEncryption(let kind):
            "the \(kind) is encrypted in a way that this OpenSSL does not offer; encrypt it anew with AES-256"
        case .foreignKey(let certificate):
            "the private key is not the one of certificate \(certificate)"
        case .failed(let operation, let reason):
            "\(operation) failed: \(reason)"
        }
    }
}
