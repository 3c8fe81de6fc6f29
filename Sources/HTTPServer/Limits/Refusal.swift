import HTTPTypes

/// Why a request that could be read is not handed to its handler.
enum Refusal: Error, Equatable {
    case addressNotAllowed(String)
    /// - Parameter wait: Whole seconds until the next request would be let in.
    case tooManyRequests(wait: Int)
    case connectionsReached
    case bodiesReached
    case bodyTooSlow(bytesPerSecond: Int)
    case handlerTooSlow

    var limit: ServerLimit {
        switch self {
        case .addressNotAllowed: .allow
        case .tooManyRequests: .requestsPerSecond
        case .connectionsReached: .connections
        case .bodiesReached: .bufferedBodies
        case .bodyTooSlow: .bodyRate
        case .handlerTooSlow: .handlerTimeout
        }
    }

    var problem: Problem {
        switch self {
        case .addressNotAllowed(let address):
            Problem(
                "address-not-allowed", status: .forbidden, title: "Address not allowed",
                detail: "Requests from \(address) are not allowed here.")
        case .tooManyRequests(let wait):
            Problem(
                "too-many-requests", status: .tooManyRequests, title: "Too many requests",
                detail:
                    "More requests come from this source than are taken at this rate. Send this one again later.",
                headers: [.retryAfter: String(wait)])
        case .connectionsReached:
            Problem(
                "too-many-connections", status: .serviceUnavailable, title: "Too many connections",
                detail: "All connections that this server has are in use. Send the request again later.",
                headers: [.retryAfter: "2"])
        case .bodiesReached:
            Problem(
                "too-many-bodies", status: .serviceUnavailable, title: "No room for another body",
                detail: "More bodies are under way than this server keeps. Send the request again later.",
                headers: [.retryAfter: "2"])
        case .bodyTooSlow(let rate):
            Problem(
                "request-timeout", status: .requestTimeout, title: "Request timeout",
                detail: "The body came with less than \(rate) bytes a second, the slowest rate that is waited for.")
        case .handlerTooSlow:
            Problem(
                "handler-timeout", status: .serviceUnavailable, title: "No answer in time",
                detail: "This server could not finish the request in time; whether it had an effect is not known. "
                    + "Send it again later: what was stored is recognised.",
                headers: [.retryAfter: "5"])
        }
    }
}
