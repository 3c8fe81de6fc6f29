public import HTTPTypes

/// One call to another server.
public struct OutboundRequest: Sendable, Equatable {
    public var method: HTTPRequest.Method
    /// Absolute, `http` or `https`, percent-encoded by the caller.
    public var url: String
    public var headers: HTTPFields
    public var body: [UInt8]?
    /// From the first attempt to connect to the last byte of the answer, redirects included.
    public var timeout: Duration
    /// A longer answer fails with `TransportError.responseTooLarge`. `nil` is the transport's own limit.
    public var maxResponseBytes: Int?
    public var trust: URLTrust
    public var redirects: RedirectRule

    public init(
        method: HTTPRequest.Method, url: String, headers: HTTPFields = [:], body: [UInt8]? = nil,
        timeout: Duration = .seconds(60), maxResponseBytes: Int? = nil, trust: URLTrust = .configured,
        redirects: RedirectRule = .returned
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        self.timeout = timeout
        self.maxResponseBytes = maxResponseBytes
        self.trust = trust
        self.redirects = redirects
    }
}
