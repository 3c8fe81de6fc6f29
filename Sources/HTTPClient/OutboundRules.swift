/// Decides which servers a request may reach, and how. Pure: asks no name server.
struct OutboundRules: Sendable {
    /// `nil` is any.
    let origins: Set<Origin>?
    let proxy: OutboundProxy?

    init(_ configuration: TransportConfiguration) {
        origins = configuration.origins
        proxy = configuration.proxy
    }

    /// - Throws: `TransportError.refused` with what is not allowed, and by whom.
    func route(to origin: Origin, trust: URLTrust) throws(TransportError) -> OutboundRoute {
        let isOutside = try isOutside(origin, trust)
        let bypassed = proxy?.exceptions.contains { $0.matches(origin.host) } ?? false
        return OutboundRoute(isOutside: isOutside, proxy: bypassed ? nil : proxy)
    }

    private func isOutside(_ origin: Origin, _ trust: URLTrust) throws(TransportError) -> Bool {
        switch trust {
        case .configured:
            guard origins?.contains(origin) ?? true else {
                throw .refused("\(origin) is not one of the servers that the configuration names")
            }
            return false
        case .handedOut(let hosts):
            if origins?.contains(origin) == true { return false }
            guard hosts.contains(where: { $0.matches(origin.host) }) else {
                throw .refused("\(origin) was handed out, and is none of the hosts that this may lead to")
            }
            guard origin.isSecure, origin.hasDefaultPort else {
                throw .refused("\(origin) was handed out, and such calls are made over https on port 443 alone")
            }
            return true
        }
    }
}

/// How one request leaves.
struct OutboundRoute: Sendable, Equatable {
    /// The server was named from the outside: it has to have a public address, and is not shown who we are.
    let isOutside: Bool
    /// `nil` connects directly.
    let proxy: OutboundProxy?

    /// With a proxy the address that is connected to is the proxy's, and who resolves the name is the proxy.
    var requiresPublicAddress: Bool { isOutside && proxy == nil }
}
