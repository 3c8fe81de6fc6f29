/// Why a mail was not handed in. Names host, port and what the server said, never a password.
public enum MailError: Error, Equatable, CustomStringConvertible {
    case invalidServer(String)
    /// Name not found, refused, TLS failed or is not offered: the mail was not sent.
    case notConnected(String)
    /// The server said no: to user and password, to the sender, to all recipients, or to the mail.
    case refused(String)
    /// The server may or may not have taken the mail: the deadline passed, or the connection broke.
    case interrupted(String)
    case cancelled

    /// Whether the server may have taken the mail.
    public var outcomeIsUnclear: Bool {
        switch self {
        case .invalidServer, .notConnected, .refused: false
        case .interrupted, .cancelled: true
        }
    }

    public var description: String {
        switch self {
        case .invalidServer(let detail): "invalid mail server: \(detail)"
        case .notConnected(let detail): "not connected: \(detail)"
        case .refused(let detail): "refused: \(detail)"
        case .interrupted(let detail): "interrupted: \(detail)"
        case .cancelled: "cancelled"
        }
    }
}
