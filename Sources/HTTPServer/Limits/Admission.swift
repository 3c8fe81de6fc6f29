import HTTPTypes

/// Decides at the end of a request's head, before any of its body is read, whether the request is let in. One for
/// all event loops of a server.
final class Admission: Sendable {
    /// What holds for one request.
    struct Ticket {
        /// Bytes that its body may have.
        var maxBodyBytes: Int
        /// The client, if a proxy named another one than the connection did.
        var forwardedFor: String?
    }

    let bodies: BodyBudget
    private let maxBodyBytes: Int
    private let access: AccessRules
    private let rates: RateLimiter?
    private let census: ConnectionCensus?

    init(_ configuration: ServerConfiguration) {
        maxBodyBytes = configuration.maxBodyBytes
        access = configuration.access
        let limits = configuration.limits
        bodies = BodyBudget(limit: limits.maxBufferedBodyBytes)
        rates = limits.requestRate.map { RateLimiter($0, maxSources: limits.maxSources) }
        census = limits.maxConnectionsPerSource.map { ConnectionCensus(limit: $0) }
    }

    func admit(_ head: RequestHead, from origin: ConnectionOrigin) throws(Refusal) -> Ticket {
        let group = access.group(of: head.target.path)
        let isEssential = group?.isEssential ?? false
        if origin.usesReserve, !isEssential { throw .connectionsReached }
        let forwarded = client(of: head, from: origin)
        let client = forwarded ?? origin.client
        if let allowed = group?.allowed, client.map(allowed.contains) != true {
            throw .addressNotAllowed(client?.description ?? "here")
        }
        if let rates, !isEssential, let client {
            if let wait = rates.take(client.source, at: SystemCalls.monotonicNow()) {
                throw .tooManyRequests(wait: Int(wait / 1_000_000_000) + 1)
            }
        }
        if head.framing != .none, !bodies.hasRoom { throw .bodiesReached }
        return Ticket(
            maxBodyBytes: min(group?.maxBodyBytes ?? maxBodyBytes, maxBodyBytes),
            forwardedFor: forwarded?.description)
    }

    private func client(of head: RequestHead, from origin: ConnectionOrigin) -> IPAddress? {
        guard !access.trustedProxies.isEmpty, let hop = origin.client, access.trustedProxies.contains(hop) else {
            return nil
        }
        return ForwardedClient.address(in: head.headers, trusted: access.trustedProxies)
    }

    /// Whether a peer may begin with a PROXY header.
    func mayNameClient(_ origin: ConnectionOrigin) -> Bool {
        access.trustedProxies.isEmpty || origin.client.map(access.trustedProxies.contains) == true
    }

    /// Counts a connection under its source, as soon as that is known.
    /// - Returns: Whether the source may have it.
    func enter(_ origin: inout ConnectionOrigin) -> Bool {
        guard let census, let client = origin.client, !access.trustedProxies.contains(client) else { return true }
        guard census.enter(client.source) else { return false }
        origin.countedAs = client.source
        return true
    }

    func leave(_ origin: ConnectionOrigin) {
        if let source = origin.countedAs { census?.leave(source) }
    }
}
