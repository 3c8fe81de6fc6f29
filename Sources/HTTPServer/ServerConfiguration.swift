/// Where to listen and what a peer may cost. Every wait, size and count of the server has its limit here.
public struct ServerConfiguration: Sendable {
    /// Host name or numeric address to listen on; default `127.0.0.1`. `0.0.0.0` and `::` mean all interfaces.
    public var host = "127.0.0.1"
    /// TCP port, 0...65535; default 0, which takes any free port.
    public var port = 0
    /// Bytes of a request's line and header fields, also of a trailer section; 1024...1 MiB, default 16384.
    /// More gets 431, or 414 if the request line alone is longer.
    public var maxHeadBytes = 16384
    /// Header fields of a request; 8...10,000, default 100. More gets 431.
    public var maxHeaderCount = 100
    /// Bytes of a request's body; 0...1 GiB, default 1 MiB. More gets 413, before the body is read if its length
    /// is declared.
    public var maxBodyBytes = 1 << 20
    /// From the acceptance of a TLS connection to the end of its handshake; default 10 s. Then it is closed.
    public var handshakeTimeout = Duration.seconds(10)
    /// How often the files of certificates are looked at; default 10 s.
    public var certificateCheckInterval = Duration.seconds(10)
    /// How long a connection may wait for its next request; default 60 s. Then it is closed without a word.
    public var idleTimeout = Duration.seconds(60)
    /// From the first byte of a head to its end; default 10 s. Then 408.
    public var headTimeout = Duration.seconds(10)
    /// From the end of the head to the end of the body, whatever its rate; default 120 s. Then 408.
    public var bodyTimeout = Duration.seconds(120)
    /// How long the peer may take to read one response; default 30 s. Then the connection is cut.
    public var responseWriteTimeout = Duration.seconds(30)
    /// After the last response, how long the peer may take to close its side, so that what it still sends doesn't
    /// destroy the response on its way (RFC 9112 §9.6); default 2 s.
    public var lingerTimeout = Duration.seconds(2)
    /// Connections open at the same time, 1 or more; default 10,000. Further ones get a place of
    /// `limits.reservedConnections`, or wait in the backlog.
    public var maxConnections = 10_000
    /// Queues that connections are spread over, 1...256; default: one per core.
    public var eventLoops = SystemCalls.coreCount
    /// Connections that the kernel may hold until they are accepted, 1...65535; default 1024. The kernel's own
    /// limit (`net.core.somaxconn`) applies as well.
    public var backlog = 1024
    public var limits = ServerLimits()
    public var access = AccessRules()

    public init() {}

    public init(host: String, port: Int) {
        self.host = host
        self.port = port
    }
}

extension ServerConfiguration {
    var requestLimits: RequestLimits {
        RequestLimits(
            maxHeadBytes: maxHeadBytes, maxHeaderCount: maxHeaderCount, maxBodyBytes: maxBodyBytes,
            maxTargetBytes: limits.maxTargetBytes)
    }
}
