import Foundation
public import HTTPClient
import HTTPTypes
public import Relay

/// Client credentials of Microsoft Entra ID, version 2
/// (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
///
/// One token per source, shared by all callers; while it is being fetched they wait for the one request.
public actor EntraTokenSource: AccessTokenSource {
    /// A token is renewed this long before it expires, or at half its life if that is shorter.
    public static let renewalMargin = Duration.seconds(300)
    /// The deadline of a sign-in call.
    public static let timeout = Duration.seconds(30)
    /// The longest answer that is read. A token has a few kilobytes.
    public static let maxAnswerBytes = 256 << 10

    /// A refusal is repeated for this long without asking again: thousands of waiting records must not become
    /// thousands of failed sign-ins, for which Entra ID blocks a client (AADSTS50196).
    public static let refusalHold = Duration.seconds(10)

    public static let publicAuthority = "https://login.microsoftonline.com"

    /// Times are uptimes: a token lives for a while, whatever the wall clock is set to meanwhile.
    private struct Held {
        let token: String
        let renewAt: Duration
    }

    private let request: EntraTokenRequest
    private let transport: RecordingTransport
    private let clock: any WallClock
    private var held: Held?
    /// Why there is no token, until Entra ID may be asked again.
    private var failure: (fault: EntraFault, until: Duration)?
    private var refresh: Task<Held, any Error>?

    /// - Parameters:
    ///   - tenant: Id or domain of the Entra tenant.
    ///   - authority: Base URL of the sign-in service.
    ///   - resource: URL of the F&O environment. F&O wants it without a trailing slash, so one is dropped.
    public init(
        tenant: String, clientID: String, clientSecret: String,
        authority: String = EntraTokenSource.publicAuthority, resource: String,
        transport: any HTTPTransport, clock: any WallClock = SystemClock()
    ) {
        let root = ServiceRoot(authority)
        self.request = EntraTokenRequest(
            authority: root.url, tenant: tenant, clientID: clientID, clientSecret: clientSecret,
            resource: ServiceRoot(resource).url)
        self.transport = RecordingTransport(transport: transport, root: root, clock: clock, recordsBodies: false)
        self.clock = clock
    }

    public func token() async throws -> String {
        let now = clock.uptime()
        if let held, now < held.renewAt { return held.token }
        if let failure, now < failure.until { throw failure.fault }
        return try await renewed().token
    }

    public func invalidate(_ token: String) {
        if held?.token == token { held = nil }
    }

    /// Joins the request that is under way, or starts one. A caller that is cancelled leaves it to the others.
    private func renewed() async throws -> Held {
        if let refresh { return try await refresh.value }
        let task = Task { try await fetch() }
        refresh = task
        return try await task.value
    }

    private func fetch() async throws(EntraFault) -> Held {
        defer { refresh = nil }
        do {
            let fresh = try await fetchToken()
            (held, failure) = (fresh, nil)
            return fresh
        } catch {
            failure = error.hold.map { (error, clock.uptime() + $0) }
            throw error
        }
    }

    private func fetchToken() async throws(EntraFault) -> Held {
        let askedAt = clock.uptime()
        let response: OutboundResponse
        do {
            response = try await transport.send(request.outbound)
        } catch {
            if case .held(let detail) = error { throw .held(detail: detail) }
            throw .unavailable(status: nil, detail: error.description, retryAfter: nil)
        }
        let answer = try EntraTokenAnswer(response, to: request, now: clock.now())
        let life = Duration.seconds(answer.expiresInSeconds)
        let margin = min(EntraTokenSource.renewalMargin, life / 2)
        return Held(token: answer.accessToken, renewAt: askedAt + (life - margin))
    }
}
