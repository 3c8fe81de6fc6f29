/// A limit that a peer reached, for metrics. The names are those of the settings.
public enum ServerLimit: String, Sendable, CaseIterable {
    case head, target, headers, body
    case headTimeout, bodyTimeout, bodyRate, firstByte, idle, responseTimeout, handlerTimeout
    case connections, connectionsPerSource, requestsPerConnection
    case requestsPerSecond, bufferedBodies
    /// Not a limit in numbers: an address that `allow` does not have.
    case allow
    /// A PROXY header that is missing, malformed, too late or from somebody who is not trusted.
    case proxyProtocol
}

extension FramingError {
    /// `nil` for requests that no setting would have made acceptable.
    var limit: ServerLimit? {
        switch self {
        case .targetTooLong, .targetAboveLimit: .target
        case .headTooLarge: .head
        case .tooManyFields: .headers
        case .bodyTooLarge: .body
        case .headTimeout: .headTimeout
        case .bodyTimeout: .bodyTimeout
        case .refused(let refusal): refusal.limit
        default: nil
        }
    }
}
