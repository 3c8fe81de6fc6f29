import HTTPClient
import HTTPTypes

/// The call that asks for a token.
struct TokenRequest: Sendable {
    /// The deadline of a sign-in call.
    static let timeout = Duration.seconds(30)
    /// The longest answer that is read. A token has a few kilobytes.
    static let maxAnswerBytes = 256 << 10

    let attempt: SignInAttempt
    let outbound: OutboundRequest
    /// What may be in no text that came from outside.
    let secrets: [String]

    static func post(_ url: String, form: [(name: String, value: String)]) -> OutboundRequest {
        OutboundRequest(
            method: .post, url: url,
            headers: [.accept: "application/json", .contentType: "application/x-www-form-urlencoded"],
            body: [UInt8](PercentEncoding.form(form).utf8), timeout: timeout, maxResponseBytes: maxAnswerBytes)
    }

    func redact(_ text: String) -> String {
        secrets.reduce(text) { text, secret in
            guard !secret.isEmpty else { return text }
            return
                text
                .replacing(secret, with: "(secret)")
                .replacing(PercentEncoding.encode(secret), with: "(secret)")
        }
    }
}

extension String {
    var encodedPathSegment: String { PercentEncoding.encode(self) }
}
