/// All that a platform's client needs of the network; tests script it.
public protocol HTTPTransport: Sendable {
    /// - Returns: The answer, whatever its status. Redirects are answers too, unless the request has them followed.
    func send(_ request: OutboundRequest) async throws(TransportError) -> OutboundResponse
}
