public import HTTPClient
public import Relay
public import SignIn
import Synchronization

/// Signs in to Microsoft in one way, for whatever resource a caller needs.
public final class DynamicsSignIn: Sendable {
    private let exchange: TokenExchange
    /// As many as there are resources in the configuration: a handful.
    private let sources = Mutex<[SignInResource: SharedToken]>([:])

    /// - Parameters:
    ///   - section: The section of the configuration that holds the way, for advice.
    ///   - transport: Must not send calls for a managed identity through a proxy.
    public init(
        _ way: SignInWay, section: String = "dynamics.auth", transport: any HTTPTransport,
        clock: any WallClock = SystemClock()
    ) {
        exchange = TokenExchange(way: way, settings: "\(section).\(way.name)", transport: transport, clock: clock)
    }

    /// The tokens for a resource: one source for all who ask for the same. Its errors are ``SignInFault``s.
    public func tokens(for resource: SignInResource) -> any AccessTokenSource {
        sources.withLock { sources in
            if let source = sources[resource] { return source }
            let source = SharedToken(clock: exchange.clock) { [exchange] in
                try await exchange.issued(for: resource)
            } hold: {
                ($0 as? SignInFault)?.hold
            }
            sources[resource] = source
            return source
        }
    }
}
