/// What is the same for all requests of a ``CurlTransport``.
public struct TransportConfiguration: Sendable, Equatable {
    /// For name look-up, TCP and TLS together.
    public var connectTimeout: Duration
    /// Requests under way to one host (name and port) at once, each on a connection of its own or, over HTTP/2, on a
    /// shared one. More wait, within their own deadlines.
    public var maxConnectionsPerHost: Int
    /// To all hosts together; also how many idle connections are kept.
    public var maxConnections: Int
    /// A connection that was idle for longer is not used again; whole seconds, at least one. Shorter than what
    /// servers commonly allow (60 s and more), because a server that closes an idle connection in the very moment
    /// a `POST` goes out leaves its outcome unclear.
    public var idleConnectionLifetime: Duration
    /// Requests under way and waiting; more are refused as not connected.
    public var maxRequests: Int
    /// Of a request that names no limit of its own.
    public var maxResponseBytes: Int
    /// PEM file with the certificate authorities to trust instead of the system's.
    public var caBundle: String?
    /// For servers that ask for one.
    public var clientIdentity: ClientIdentity?
    /// Value of `User-Agent` for requests that have none: `Causeway/<version>`.
    public var userAgent: String
    /// `nil` connects directly, whatever the environment (`https_proxy`) says.
    public var proxy: OutboundProxy?
    /// The only servers that are called, besides those that a request trusts by its `URLTrust.handedOut`; others are
    /// refused before their name is looked up. `nil` allows any.
    public var origins: Set<Origin>?
    /// Path of a Unix-domain socket that all requests go to; the host of their URLs is only named to the server.
    public var unixSocket: String?

    public init(
        connectTimeout: Duration = .seconds(10), maxConnectionsPerHost: Int = 32, maxConnections: Int = 128,
        idleConnectionLifetime: Duration = .seconds(30), maxRequests: Int = 1024,
        maxResponseBytes: Int = 16 << 20, caBundle: String? = nil, clientIdentity: ClientIdentity? = nil,
        userAgent: String, proxy: OutboundProxy? = nil, origins: Set<Origin>? = nil, unixSocket: String? = nil
    ) {
        self.connectTimeout = connectTimeout
        self.maxConnectionsPerHost = maxConnectionsPerHost
        self.maxConnections = maxConnections
        self.idleConnectionLifetime = idleConnectionLifetime
        self.maxRequests = maxRequests
        self.maxResponseBytes = maxResponseBytes
        self.caBundle = caBundle
        self.clientIdentity = clientIdentity
        self.userAgent = userAgent
        self.proxy = proxy
        self.origins = origins
        self.unixSocket = unixSocket
    }
}
