import Foundation
public import HTTPClient
public import HTTPTypes
import JSON
public import Relay
public import SignIn

/// Server-to-server credentials of Adobe IMS: the only way to call Commerce as a Cloud Service, and one for shops on
/// PaaS whose administration is part of an IMS organization.
/// https://developer.adobe.com/commerce/webapi/rest/authentication/
public struct IMSSignIn: AccessTokenSource {
    public static let defaultTokenURL = "https://ims-na1.adobelogin.com/ims/token/v3"
    public static let defaultScopes = [
        "openid", "AdobeID", "email", "profile", "additional_info.roles", "additional_info.projectedProductContext",
        "commerce.accs",
    ]
    public static let advice =
        "Check that the technical account of the project is a user of the Commerce instance with a role that may do "
        + "this (Adobe Admin Console and System > Permissions), and commerce.auth.ims.organization."

    public struct Credentials: Sendable {
        public var clientID: String
        public var clientSecret: String
        /// `<id>@AdobeOrg`
        public var organization: String
        public var tokenURL: String
        public var scopes: [String]

        public init(
            clientID: String, clientSecret: String, organization: String,
            tokenURL: String = IMSSignIn.defaultTokenURL, scopes: [String] = IMSSignIn.defaultScopes
        ) {
            self.clientID = clientID
            self.clientSecret = clientSecret
            self.organization = organization
            self.tokenURL = tokenURL
            self.scopes = scopes
        }

        /// What each call carries besides the token.
        public var headers: HTTPFields {
            var headers = HTTPFields()
            for (name, value) in [("x-api-key", clientID), ("x-gw-ims-org-id", organization)] {
                if let name = HTTPField.Name(name) { headers[name] = value }
            }
            return headers
        }

        /// Takes the secret out of a text that came from outside.
        func redact(_ text: String) -> String {
            clientSecret.isEmpty ? text : text.replacing(clientSecret, with: "(secret)")
        }
    }

    private let shared: SharedToken

    public init(credentials: Credentials, transport: any HTTPTransport, clock: any WallClock = SystemClock()) {
        let call = SignInCall(service: .ims, transport: transport, clock: clock)
        shared = SharedToken(clock: clock) {
            try Self.token(in: try await call.answer(to: Self.request(credentials)), credentials)
        } hold: {
            ($0 as? CommerceSignInFault)?.hold
        }
    }

    public func token() async throws -> String { try await shared.token() }

    public func invalidate(_ token: String) async { await shared.invalidate(token) }

    private static func request(_ credentials: Credentials) -> OutboundRequest {
        let form = PercentEncoding.form([
            ("client_id", credentials.clientID), ("client_secret", credentials.clientSecret),
            ("grant_type", "client_credentials"), ("scope", credentials.scopes.joined(separator: ",")),
        ])
        return OutboundRequest(
            method: .post, url: credentials.tokenURL,
            headers: [.accept: "application/json", .contentType: "application/x-www-form-urlencoded"],
            body: [UInt8](form.utf8))
    }

    static func token(
        in answer: OutboundResponse, _ credentials: Credentials
    ) throws(CommerceSignInFault) -> IssuedToken {
        let body = try? JSONDecoder().decode(TokenBody.self, from: Data(answer.body))
        guard answer.status == 200 else {
            let words = [body?.error, body?.error_description].compactMap { $0 }.joined(separator: ": ")
            let detail = credentials.redact(words.isEmpty ? "no description" : words)
            throw .refused(
                .ims, status: answer.status, detail: String(detail.prefix(SignInCall.detailLimit)),
                advice: advice(body?.error, credentials.clientID))
        }
        // The body is not quoted: it may hold a token.
        guard let body, let token = body.access_token, !token.isEmpty, let seconds = body.expires_in, seconds > 0
        else {
            throw .malformedAnswer(.ims, detail: "status 200 without access_token and expires_in")
        }
        return IssuedToken(token: token, life: .seconds(seconds))
    }

    /// By OAuth 2's own words (RFC 6749 §5.2).
    private static func advice(_ error: String?, _ clientID: String) -> String {
        switch error {
        case "invalid_client":
            "Check clientID and clientSecret under commerce.auth.ims: both stand in the project's OAuth "
                + "Server-to-Server credential (developer.adobe.com/console), which may have a newer secret."
        case "invalid_scope":
            "Check commerce.auth.ims.scopes: the project of client \(clientID) must have the Commerce API added."
        case "unauthorized_client", "unsupported_grant_type":
            "The project of client \(clientID) has no OAuth Server-to-Server credential: add one in the Developer "
                + "Console."
        default: "Check clientID, clientSecret, scopes and tokenURL under commerce.auth.ims."
        }
    }
}

private struct TokenBody: Decodable {
    let access_token: String?
    let expires_in: Int64?
    let error: String?
    let error_description: String?
}
