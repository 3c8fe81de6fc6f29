import HTTPClient
import HTTPTypes

/// The form that asks for a token.
struct EntraTokenRequest: Sendable {
    let authority: String
    let tenant: String
    let clientID: String
    let clientSecret: String
    let resource: String

    var outbound: OutboundRequest {
        let form = PercentEncoding.form([
            ("grant_type", "client_credentials"),
            ("client_id", clientID),
            ("client_secret", clientSecret),
            ("scope", resource + "/.default"),
        ])
        return OutboundRequest(
            method: .post, url: "\(authority)/\(PercentEncoding.encode(tenant))/oauth2/v2.0/token",
            headers: [.accept: "application/json", .contentType: "application/x-www-form-urlencoded"],
            body: [UInt8](form.utf8), timeout: EntraTokenSource.timeout,
            maxResponseBytes: EntraTokenSource.maxAnswerBytes)
    }

    /// Takes the secret out of a text that came from outside.
    func redact(_ text: String) -> String {
        guard !clientSecret.isEmpty else { return text }
        return
            text
            .replacing(clientSecret, with: "(secret)")
            .replacing(PercentEncoding.encode(clientSecret), with: "(secret)")
    }
}
