import Foundation
public import HTTPClient
import HTTPTypes
public import Relay
public import SignIn

/// Client credentials of Microsoft Entra ID, version 2
/// (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
public struct EntraTokenSource: AccessTokenSource {
    /// The deadline of a sign-in call.
    public static let timeout = Duration.seconds(30)
    /// The longest answer that is read. A token has a few kilobytes.
    public static let maxAnswerBytes = 256 << 10

    /// A refusal is repeated for this long without asking again: Entra ID blocks a client that asks on and on
    /// (AADSTS50196).
    public static let refusalHold = Duration.seconds(10)

    public static let publicAuthority = "https://login.microsoftonline.com"

    private let shared: SharedToken

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
        let request = EntraTokenRequest(
            authority: root.url, tenant: tenant, clientID: clientID, clientSecret: clientSecret,
            resource: ServiceRoot(resource).url)
        let recording = RecordingTransport(transport: transport, root: root, clock: clock, recordsBodies: false)
        shared = SharedToken(clock: clock) {
            try await Self.issued(request, recording, clock)
        } hold: {
            ($0 as? EntraFault)?.hold
        }
    }

    public func token() async throws -> String { try await shared.token() }

    public func invalidate(_ token: String) async { await shared.invalidate(token) }

    private static func issued(
        _ request: EntraTokenRequest, _ transport: RecordingTransport, _ clock: any WallClock
    ) async throws(EntraFault) -> IssuedToken {
        let response: OutboundResponse
        do {
            response = try await transport.send(request.outbound)
        } catch {
            if case .held(let detail) = error { throw .held(detail: detail) }
            throw .unavailable(status: nil, detail: error.description, retryAfter: nil)
        }
        let answer = try EntraTokenAnswer(response, to: request, now: clock.now())
        return IssuedToken(token: answer.accessToken, life: .seconds(answer.expiresInSeconds))
    }
}
