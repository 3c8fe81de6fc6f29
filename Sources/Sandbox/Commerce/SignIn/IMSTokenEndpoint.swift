import Cryptography
import HTTPServer
import HTTPTypes
import JSON

/// `POST /ims/token/v3` of Adobe IMS for client credentials.
struct IMSTokenEndpoint {
    let signIn: ShopSignIn
    let counters: RequestCounters

    func answer(_ request: Request) -> Response {
        counters.count("POST /ims/token/v3")
        let keys = signIn.keys
        guard request.method == .post,
            request.headers[.contentType]?.lowercased().hasPrefix("application/x-www-form-urlencoded") == true,
            let pairs = QueryString.parse(String(decoding: request.body, as: UTF8.self))
        else { return refusal("invalid_request", "a form is expected") }
        let form = Dictionary(pairs.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
        guard form["grant_type"] == "client_credentials" else {
            return refusal("unsupported_grant_type", "unsupported grant_type")
        }
        guard form["client_id"] == keys.clientID,
            constantTimeEqual(Array((form["client_secret"] ?? "").utf8), Array(keys.clientSecret.utf8))
        else { return refusal("invalid_client", "invalid client_id or client_secret parameter", .unauthorized) }
        let scopes = Set((form["scope"] ?? "").split(whereSeparator: { ", ".contains($0) }).map(String.init))
        guard keys.scopes.isSubset(of: scopes) else { return refusal("invalid_scope", "invalid_scope") }
        let json: JSONValue = [
            "access_token": .string(signIn.giveAccountToken()), "token_type": "bearer",
            "expires_in": .int(Int(keys.tokenLifetime.components.seconds)),
        ]
        return .json(JSONWriter.bytes(json))
    }

    private func refusal(
        _ error: String, _ description: String, _ status: HTTPResponse.Status = .badRequest
    ) -> Response {
        .json(
            JSONWriter.bytes(["error": .string(error), "error_description": .string(description)]), status: status)
    }
}
