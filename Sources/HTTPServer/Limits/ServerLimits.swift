/// What peers may cost together and for how long, beyond the sizes and waits in `ServerConfiguration`.
///
/// Everything that is refused or closed because of one of these is reported to `ServerObserver.reached`.
public struct ServerLimits: Sendable, Equatable {
    /// Bytes of a request line's target; 256...1 MiB, default 8192 (RFC 9112 §3 asks for at least 8000). More gets
    /// 414.
    public var maxTargetBytes = 8192
    /// From the opening of a connection to its first byte, and at most `idleTimeout`; default 30 s. Then it is closed
    /// without a word.
    public var firstByteTimeout = Duration.seconds(30)
    /// How long a body may take before its rate is looked at; default 10 s.
    public var bodyGrace = Duration.seconds(10)
    /// Bytes a second that a body must come with on average after the grace; default 512, 0 turns it off. Less gets
    /// 408. `bodyTimeout` holds in any case.
    public var minBodyBytesPerSecond = 512
    /// How long a handler may take; default 30 s. Then the peer gets 503 and the connection ends. What the handler
    /// still does, it does unheard: a sender that repeats the request is recognised by what was stored.
    public var handlerTimeout = Duration.seconds(30)
    /// Requests on one connection; 1 or more, default 100,000. The last answer says `Connection: close`.
    public var maxRequestsPerConnection = 100_000
    /// Connections of one source at the same time; `nil`, the default, means as many as there may be. Further ones
    /// are closed at once. Trusted proxies are not counted.
    public var maxConnectionsPerSource: Int?
    /// Places beyond `maxConnections`, each for one answer: essential routes are served, everything else gets 503.
    /// Default 0.
    public var reservedConnections = 0
    /// Bytes of all bodies that have arrived and are not answered yet; default 256 MiB. Beyond it, bodies get 503.
    public var maxBufferedBodyBytes = 256 << 20
    /// Requests of one source; `nil`, the default, means no limit. More get 429. Essential routes are not counted.
    public var requestRate: RequestRate?
    /// Sources whose rate is known at the same time; 64...1,048,576, default 16,384, of 24 bytes each. A source that
    /// is forgotten starts anew; those with the most left are forgotten first.
    public var maxSources = 16_384

    public init() {}
}

/// A token bucket: `burst` requests at once, and `perSecond` in the long run.
public struct RequestRate: Sendable, Equatable {
    /// 1...1,000,000
    public var perSecond: Int
    /// 1...1,000,000
    public var burst: Int

    public init(perSecond: Int, burst: Int) {
        self.perSecond = perSecond
        self.burst = burst
    }
}
