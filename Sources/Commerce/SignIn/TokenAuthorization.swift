public import HTTPClient
public import HTTPTypes
public import Relay
public import SignIn
import Synchronization

/// A bearer token that a service gives and that expires: an administrator's, or one of Adobe IMS.
public final class TokenAuthorization: CommerceAuthorization {
    private let source: any AccessTokenSource
    private let otherHeaders: HTTPFields
    private let advice: String
    private let clock: any WallClock
    /// The token that was given up last, and when (uptime).
    private let refused = Mutex<(token: String, at: Duration)?>(nil)

    /// A token that is refused so soon after another one is not too old: the account lacks a right. Commerce has the
    /// same answer for both, and thousands of such calls must not become thousands of sign-ins.
    static let renewalPause = Duration.seconds(30)

    /// - Parameters:
    ///   - otherHeaders: Sent with each request.
    ///   - advice: What a person checks when a fresh token is refused.
    public init(
        source: any AccessTokenSource, otherHeaders: HTTPFields = [:], advice: String,
        clock: any WallClock = SystemClock()
    ) {
        self.source = source
        self.otherHeaders = otherHeaders
        self.advice = advice
        self.clock = clock
    }

    public func headers(for request: OutboundRequest) async throws -> HTTPFields {
        var headers = otherHeaders
        headers[.authorization] = "Bearer \(try await source.token())"
        return headers
    }

    public func verdict(on answer: OutboundResponse, to request: OutboundRequest) async -> CredentialVerdict? {
        guard answer.status == 401, let header = request.headers[.authorization], header.hasPrefix("Bearer ") else {
            return nil
        }
        let token = String(header.dropFirst("Bearer ".count))
        let now = clock.uptime()
        let next = refused.withLock { refused -> (CredentialVerdict.Next, isNew: Bool) in
            if refused?.token == token { return (.again, false) }
            if let last = refused?.at, now - last < Self.renewalPause { return (.giveUp, false) }
            refused = (token, now)
            return (.again, true)
        }
        if next.isNew { await source.invalidate(token) }
        return CredentialVerdict(next.0, advice: advice)
    }
}
