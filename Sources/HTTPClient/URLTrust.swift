/// Where a URL comes from, and so how far it is trusted.
public enum URLTrust: Sendable, Equatable {
    /// From the configuration, or made from a base URL in it. Only the transport's own list of origins limits it.
    case configured
    /// From the outside: a link in an answer or in an event. Taken if its origin is one of those that the transport
    /// is configured for; otherwise it has to be `https` on port 443, on one of these hosts, and the address that is
    /// connected to has to be public, whatever the name resolves to. No client certificate is shown there.
    case handedOut(to: [HostPattern])
}
