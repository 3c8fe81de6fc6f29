import HTTPClient

/// What Commerce found wrong with a signature, by its words (`Magento\Framework\Oauth` and `Magento\Integration`).
/// Shops in other languages translate them: those are ``other``.
/// https://developer.adobe.com/commerce/webapi/get-started/authentication/oauth-errors
enum OAuthRefusal: Sendable, Equatable {
    case notAboutOAuth
    case timestamp
    case nonceUsed
    /// The table of nonces was locked (magento2#10346); nothing was looked at yet.
    case nonceNotChecked
    case signature
    case consumer
    case token
    case other

    init(_ answer: OutboundResponse) {
        let message = CommerceErrorBody.message(in: answer.body)?.lowercased() ?? ""
        self =
            if message.contains("oauth_timestamp") {
                .timestamp
            } else if answer.status != 401 {
                // Validation, and OAuth's own errors of form, which a new signature would repeat.
                .notAboutOAuth
            } else if message.contains("nonce is already being used") {
                .nonceUsed
            } else if message.contains("error occurred validating the nonce") {
                .nonceNotChecked
            } else if message.contains("signature") {
                .signature
            } else if message.contains("isn't authorized to access") {
                // Signed as it should be: a resource is missing.
                .notAboutOAuth
            } else if message.contains("consumer") {
                .consumer
            } else if message.contains("token") {
                .token
            } else {
                .other
            }
    }

    var advice: String? {
        switch self {
        case .notAboutOAuth: nil
        case .timestamp: "Set both clocks by NTP."
        case .nonceUsed, .nonceNotChecked:
            "Look for a proxy between that sends requests twice, and replay the event."
        case .signature:
            "Check commerce.auth.oauth1.consumerSecret and accessTokenSecret, and that commerce.baseURL is the address "
                + "that the shop sees: behind a TLS terminator it must know that the request came by https."
        case .consumer: "Check commerce.auth.oauth1.consumerKey, and that the integration is active."
        case .token: "Check commerce.auth.oauth1.accessToken, and activate the integration again if it was revoked."
        case .other:
            "Check the four values under commerce.auth.oauth1 and the integration's resources (System > Integrations)."
        }
    }
}
