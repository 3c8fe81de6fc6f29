public import Relay

/// One token for all callers, asked for by one request at a time: whoever needs it meanwhile waits for that request.
/// Make one for each tenant, client and resource.
public actor SharedToken: AccessTokenSource {
    /// A token is renewed this long before it expires, or at half its life if that is shorter.
    public static let renewalMargin = Duration.seconds(300)

    /// Times are uptimes: a token lives for a while, whatever the wall clock is set to meanwhile.
    private struct Held {
        let token: String
        let renewAt: Duration
    }

    private let clock: any WallClock
    private let fetch: @Sendable () async throws -> IssuedToken
    private let hold: @Sendable (any Error) -> Duration?
    private var held: Held?
    /// Why there is no token, until the service may be asked again.
    private var failure: (error: any Error, until: Duration)?
    private var refresh: Task<Held, any Error>?

    /// - Parameters:
    ///   - fetch: Asks the sign-in service for a new token.
    ///   - hold: For how long this failure is repeated without asking again; `nil` if the next caller may ask.
    ///     Thousands of waiting records must not become thousands of failed sign-ins.
    public init(
        clock: any WallClock, fetch: @escaping @Sendable () async throws -> IssuedToken,
        hold: @escaping @Sendable (any Error) -> Duration?
    ) {
        self.clock = clock
        self.fetch = fetch
        self.hold = hold
    }

    public func token() async throws -> String {
        let now = clock.uptime()
        if let held, now < held.renewAt { return held.token }
        if let failure, now < failure.until { throw failure.error }
        return try await renewed().token
    }

    public func invalidate(_ token: String) {
        if held?.token == token { held = nil }
    }

    /// Joins the request that is under way, or starts one. A caller that is cancelled leaves it to the others.
    private func renewed() async throws -> Held {
        if let refresh { return try await refresh.value }
        let task = Task { try await renew() }
        refresh = task
        return try await task.value
    }

    private func renew() async throws -> Held {
        defer { refresh = nil }
        let askedAt = clock.uptime()
        do {
            let fresh = try await fetch()
            let margin = min(Self.renewalMargin, fresh.life / 2)
            let renewed = Held(token: fresh.token, renewAt: askedAt + (fresh.life - margin))
            (held, failure) = (renewed, nil)
            return renewed
        } catch {
            failure = hold(error).map { (error, clock.uptime() + $0) }
            throw error
        }
    }
}
