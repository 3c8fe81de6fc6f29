/// Who is believed and who may come in.
public struct AccessRules: Sendable, Equatable {
    /// Proxies that are believed when they say for whom they call: in `Forwarded` and `X-Forwarded-For`, and in
    /// PROXY headers.
    public var trustedProxies: [AddressRange] = []
    /// Whether every connection begins with a PROXY header, version 1 or 2. With `trustedProxies`, only they may
    /// connect; without, anybody who can is believed.
    public var usesProxyProtocol = false
    /// The first group that holds a path decides. A path in no group is open to all.
    public var groups: [RouteGroup] = []

    public init() {}

    func group(of path: String) -> RouteGroup? {
        for group in groups where group.holds(path) { return group }
        return nil
    }
}

/// Routes that have rules in common.
public struct RouteGroup: Sendable, Equatable {
    /// What their paths begin with: `/webhooks/`.
    public var prefix: String
    /// Whom they are for; `nil` is everybody. Others get 403.
    public var allowed: [AddressRange]?
    /// Bytes of a request's body; `nil` is the server's `maxBodyBytes`, and no more than that.
    public var maxBodyBytes: Int?
    /// Answered also when connections have run out, and not counted by the rate limit: health checks.
    public var isEssential: Bool

    public init(
        prefix: String, allowed: [AddressRange]? = nil, maxBodyBytes: Int? = nil, isEssential: Bool = false
    ) {
        self.prefix = prefix
        self.allowed = allowed
        self.maxBodyBytes = maxBodyBytes
        self.isEssential = isEssential
    }

    /// Paths are normalised before (`RequestTarget`), so that no other spelling leads around a rule.
    public func holds(_ path: String) -> Bool {
        path.hasPrefix(prefix)
    }
}
