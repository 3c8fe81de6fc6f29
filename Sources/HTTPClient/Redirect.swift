import HTTPTypes

/// Where a redirect leads. Pure.
enum Redirect {
    /// - Returns: The request that follows the answer; `nil` if the answer is one to return.
    /// - Throws: `TransportError.refused` if the redirect must not be followed, `invalidURL` if it leads nowhere.
    static func next(
        after answer: OutboundResponse, to request: OutboundRequest
    ) throws(TransportError) -> OutboundRequest? {
        guard case .followed(let left, let hosts) = request.redirects, isFollowed(answer.status, request.method),
            let location = answer.headers[.location]
        else { return nil }
        guard left > 0 else { throw .refused("too many redirects in a row") }
        let here = try Origin(url: request.url)
        var next = request
        next.url = try Origin.resolve(location, against: request.url)
        next.redirects = .followed(atMost: left - 1, to: hosts)
        let there = try Origin(url: next.url)
        guard there != here else { return next }
        guard there.isSecure || !here.isSecure else {
            throw .refused("\(here) redirects to \(there), which is not https")
        }
        next.trust = .handedOut(to: hosts)
        // Names of headers with credentials cannot all be known, those without can.
        next.headers = HTTPFields(request.headers.filter { harmless.contains($0.name.canonicalName) })
        return next
    }

    private static func isFollowed(_ status: Int, _ method: HTTPRequest.Method) -> Bool {
        switch status {
        case 307, 308: true
        case 301, 302, 303: method == .get || method == .head
        default: false
        }
    }

    private static let harmless: Set<String> = [
        "accept", "accept-charset", "accept-encoding", "accept-language", "content-encoding", "content-language",
        "content-type", "if-match", "if-modified-since", "if-none-match", "if-unmodified-since", "prefer", "range",
        "user-agent",
    ]
}
