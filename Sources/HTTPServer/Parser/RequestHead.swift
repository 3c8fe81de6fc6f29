import HTTPTypes

/// A request's line and fields, checked, with everything decided that they say about the connection.
struct RequestHead: Sendable, Equatable {
    /// How the end of the body is found (RFC 9112 §6.3).
    enum BodyFraming: Sendable, Equatable {
        case none
        case length(Int)
        case chunked
    }

    var method: HTTPRequest.Method
    var target: RequestTarget
    var isHTTP10: Bool
    var headers: HTTPFields
    var framing: BodyFraming
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 §10.1.1).
    var expectsContinue: Bool
    /// Whether the client would send another request on this connection (RFC 9112 §9.3).
    var keepsAlive: Bool
}
