/// Why no whole answer came. Names host and port at most, never a header, a body or a query.
public enum TransportError: Error, Equatable, CustomStringConvertible {
    /// Not an absolute `http` or `https` URL.
    case invalidURL(String)
    /// What was asked for can't be written as an HTTP request: a line break in a header value, say.
    case invalidRequest(String)
    /// Not sent: the server, its address, or the place that it redirects to is none that may be called.
    case refused(String)
    /// Name not found, refused, unreachable, or TLS failed: the request was not sent.
    case notConnected(String)
    /// The request may or may not have had its effect: the deadline passed, or the connection broke.
    case interrupted(String)
    case responseTooLarge(limit: Int)
    case cancelled
    /// Not sent: the server is left alone at the moment.
    case held(String)

    /// Whether the far side may have acted on the request.
    public var outcomeIsUnclear: Bool {
        switch self {
        case .invalidURL, .invalidRequest, .refused, .notConnected, .held: false
        case .interrupted, .responseTooLarge, .cancelled: true
        }
    }

    public var description: String {
        switch self {
        case .invalidURL(let detail): "invalid URL: \(detail)"
        case .invalidRequest(let detail): "invalid request: \(detail)"
        case .refused(let detail): "refused: \(detail)"
        case .notConnected(let detail): "not connected: \(detail)"
        case .interrupted(let detail): "interrupted: \(detail)"
        case .responseTooLarge(let limit): "the answer is longer than \(limit) bytes"
        case .cancelled: "cancelled"
        case .held(let detail): "held: \(detail)"
        }
    }
}
