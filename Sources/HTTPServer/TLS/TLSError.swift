/// Why a certificate, a key or an authority file can't be used. Never quotes what is in a file.
public enum TLSError: Error, Equatable, CustomStringConvertible {
    /// Which file of a `TLSConfiguration`.
    public enum Part: String, Sendable {
        case certificate, key, clientCA
    }

    case unreadable(Part, path: String, reason: String)
    case tooLarge(Part, path: String, limit: Int)
    /// No PEM block of the kind that belongs into the file.
    case notPEM(Part, path: String)
    case malformed(Part, path: String, reason: String)
    case encryptedKey(path: String)
    /// The key belongs to another certificate than the first one of the certificate file.
    case keyMismatch(key: String, certificate: String)
    /// Only when a pair is replaced: at the start an expired certificate is a warning.
    case expired(path: String)
    case failed(operation: String, reason: String)

    /// The file that has to change.
    public var part: Part {
        switch self {
        case .unreadable(let part, _, _), .tooLarge(let part, _, _), .notPEM(let part, _), .malformed(let part, _, _):
            part
        case .encryptedKey, .keyMismatch: .key
        case .expired, .failed: .certificate
        }
    }

    public var description: String {
        switch self {
        case .unreadable(let part, let path, let reason):
            "the \(part.name) file \(path) can't be read: \(reason)"
        case .tooLarge(let part, let path, let limit):
            "the \(part.name) file \(path) is larger than \(limit) bytes"
        case .notPEM(let part, let path):
            "the \(part.name) file \(path) has no PEM block -----BEGIN \(part.label)-----"
        case .malformed(let part, let path, let reason):
            "the \(part.name) file \(path) can't be used: \(reason)"
        case .encryptedKey(let path):
            "the key file \(path) is encrypted; store it decrypted, readable for the gateway's user only"
        case .keyMismatch(let key, let certificate):
            "the key \(key) does not belong to the first certificate of \(certificate)"
        case .expired(let path):
            "the certificate \(path) has expired or is not valid yet, and the one in use is valid"
        case .failed(let operation, let reason):
            "\(operation) failed: \(reason)"
        }
    }
}

extension TLSError.Part {
    var name: String {
        switch self {
        case .certificate: "certificate"
        case .key: "key"
        case .clientCA: "client CA"
        }
    }

    var label: String {
        switch self {
        case .certificate, .clientCA: "CERTIFICATE"
        case .key: "PRIVATE KEY"
        }
    }
}
