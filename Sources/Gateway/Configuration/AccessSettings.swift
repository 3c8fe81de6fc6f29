public import HTTPServer
import Yams

/// Who may call which routes, and which proxies are believed about who calls.
public struct AccessSettings: Sendable, Equatable {
    /// Proxies whose `Forwarded`, `X-Forwarded-For` and PROXY headers are believed.
    public var trustedProxies: [AddressRange] = []
    /// Whether connections begin with a PROXY header.
    public var proxyProtocol = false
    /// `nil` is everybody, for each group of routes.
    public var webhooks: [AddressRange]?
    public var events: [AddressRange]?
    public var operatorAPI: [AddressRange]?
    /// Health, status and metrics.
    public var monitoring: [AddressRange]?

    public init() {}

    /// Health checks are answered also when connections have run out.
    func rules(_ limits: ServerSettings.Limits) -> AccessRules {
        var rules = AccessRules()
        rules.trustedProxies = trustedProxies
        rules.usesProxyProtocol = proxyProtocol
        rules.groups = [
            RouteGroup(
                prefix: "/webhooks/", allowed: webhooks, maxBodyBytes: limits.more.webhookBody ?? limits.body),
            RouteGroup(prefix: "/events/", allowed: events, maxBodyBytes: limits.more.eventBody ?? limits.body),
            RouteGroup(prefix: "/health/", allowed: monitoring, maxBodyBytes: limits.body, isEssential: true),
            RouteGroup(
                prefix: "/operator/", allowed: operatorAPI, maxBodyBytes: limits.more.operatorBody ?? limits.body),
            RouteGroup(prefix: "/status", allowed: monitoring, maxBodyBytes: limits.body),
            RouteGroup(prefix: "/metrics", allowed: monitoring, maxBodyBytes: limits.body),
            RouteGroup(prefix: "", maxBodyBytes: limits.body),
        ]
        return rules
    }
}

extension AccessSettings {
    /// - Parameter section: `server`, which knows other keys as well.
    init(_ section: ConfigurationSection) {
        self.init()
        trustedProxies = section.addressRanges("trustedProxies") ?? []
        proxyProtocol = section.flag("proxyProtocol", default: proxyProtocol)
        guard let allow = section.section("allow") else { return }
        webhooks = allow.addressRanges("webhooks")
        events = allow.addressRanges("events")
        operatorAPI = allow.addressRanges("operator")
        monitoring = allow.addressRanges("monitoring")
        allow.finish()
    }
}

extension ConfigurationSection {
    /// A list of CIDR ranges; `nil` without the key. A list without entries is refused: it would be for nobody.
    func addressRanges(_ key: String) -> [AddressRange]? {
        guard let node = child(key) else { return nil }
        let expected = "an address or a range such as 192.0.2.0/24 or 2001:db8::/32, no bits set behind the prefix"
        let items = list(key)
        let ranges = items.compactMap { item -> AddressRange? in
            guard let text = scalar(item.node, at: item.path, expected: expected) else { return nil }
            if let range = AddressRange(text) { return range }
            reading.note(item.node, item.path, found: Self.kind(of: item.node), expected: expected)
            return nil
        }
        if case .sequence = node, items.isEmpty {
            refuse(key, found: "an empty list", expected: "at least one address, or no key \(key)")
        }
        return ranges
    }
}
