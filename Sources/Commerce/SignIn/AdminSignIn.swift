import Foundation
public import HTTPClient
import HTTPTypes
import JSON
public import Relay
public import SignIn

/// An administrator's token: user and password of a person, for shops without an integration. PaaS only.
/// https://developer.adobe.com/commerce/webapi/get-started/authentication/gs-authentication-token
public struct AdminSignIn: AccessTokenSource {
    /// What shops are set up with; the answer does not tell.
    public static let defaultLife = Duration.seconds(4 * 3600)
    public static let advice =
        "Check the role of the user in commerce.auth.adminToken (System > Permissions > User Roles): Commerce gives "
        + "one answer for a wrong token and for a resource that the role may not use."

    private let shared: SharedToken

    /// - Parameter life: How long the shop takes a token (Stores > Configuration > Services > OAuth).
    public init(
        endpoint: CommerceEndpoint, user: String, password: String, life: Duration = AdminSignIn.defaultLife,
        transport: any HTTPTransport, clock: any WallClock = SystemClock()
    ) {
        let call = SignInCall(service: .shop, transport: transport, clock: clock)
        shared = SharedToken(clock: clock) {
            let body = try JSONEncoder().encode(["username": user, "password": password])
            let request = OutboundRequest(
                method: .post, url: "\(endpoint.base)/rest/V1/integration/admin/token",
                headers: [.accept: "application/json", .contentType: "application/json"], body: [UInt8](body))
            return IssuedToken(token: try Self.token(in: try await call.answer(to: request), user), life: life)
        } hold: {
            ($0 as? CommerceSignInFault)?.hold
        }
    }

    public func token() async throws -> String { try await shared.token() }

    public func invalidate(_ token: String) async { await shared.invalidate(token) }

    /// - Parameter answer: The token as a JSON string, or a refusal.
    static func token(in answer: OutboundResponse, _ user: String) throws(CommerceSignInFault) -> String {
        guard answer.status == 200 else { throw refusal(answer, user) }
        guard case .string(let token)? = try? JSONValue.parse(answer.body), !token.isEmpty,
            token.utf8.allSatisfy({ (0x21...0x7E).contains($0) })
        else { throw .malformedAnswer(.shop, detail: "status 200 without a token") }
        return token
    }

    private static func refusal(_ answer: OutboundResponse, _ user: String) -> CommerceSignInFault {
        let message = CommerceErrorBody.message(in: answer.body)
        return .refused(
            .shop, status: answer.status,
            detail: String((message ?? "no description").prefix(SignInCall.detailLimit)),
            advice: asksForSecondFactor(answer, message)
                ? "The shop asks administrators for a second factor, which a program does not have: make an integration "
                    + "(System > Integrations) and set commerce.auth.oauth1 instead of adminToken."
                : answer.status == 404
                    ? "Check commerce.baseURL and the store view's code."
                    : "Check user and password under commerce.auth.adminToken; after six failures the shop locks "
                        + "\(user) for half an hour.")
    }

    /// The providers are named whatever language the shop speaks.
    private static func asksForSecondFactor(_ answer: OutboundResponse, _ message: String?) -> Bool {
        if let root = try? JSONValue.parse(answer.body), case .object(let members) = root,
            case .object(let parameters)? = members["parameters"], parameters["active_providers"] != nil
        {
            return true
        }
        let message = message?.lowercased() ?? ""
        return message.contains("2fa") || message.contains("two-factor")
    }
}
