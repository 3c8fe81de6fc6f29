import Cryptography
import Relay

/// Client credentials of Microsoft Entra ID, version 2
/// (learn.microsoft.com/entra/identity-platform/v2-oauth2-client-creds-grant-flow).
extension TokenRequest {
    static func entra(
        _ application: EntraApplication, secret: String, resource: SignInResource, settings: String
    ) -> TokenRequest {
        let attempt = SignInAttempt(
            service: .entra, settings: settings, clientID: application.clientID, tenant: application.tenant,
            resource: resource)
        let form = form(application, proof: [("client_secret", secret)], resource)
        return TokenRequest(
            attempt: attempt, outbound: post(application.tokenURL, form: form), secrets: [secret])
    }

    static func entra(
        _ application: EntraApplication, key: CertifiedKey, resource: SignInResource, settings: String, now: Timestamp
    ) throws(KeyError) -> TokenRequest {
        let assertion = try ClientAssertion(
            audience: application.tokenURL, clientID: application.clientID, certificate: key.certificate,
            issuedAt: now.millisecondsSince1970 / 1000
        ).signed(with: key.key)
        let attempt = SignInAttempt(
            service: .entra, settings: settings, clientID: application.clientID, tenant: application.tenant,
            resource: resource, thumbprint: key.certificate.sha1Text)
        let proof = [
            ("client_assertion_type", ClientAssertion.type), ("client_assertion", assertion),
        ]
        let form = form(application, proof: proof, resource)
        return TokenRequest(
            attempt: attempt, outbound: post(application.tokenURL, form: form), secrets: [assertion])
    }

    private static func form(
        _ application: EntraApplication, proof: [(name: String, value: String)], _ resource: SignInResource
    ) -> [(name: String, value: String)] {
        [("grant_type", "client_credentials"), ("client_id", application.clientID)] + proof
            + [("scope", resource.url + "/.default")]
    }
}

extension X509Certificate {
    /// The thumbprint as Microsoft's portals write it.
    var sha1Text: String { Hex.encode(sha1Thumbprint).uppercased() }
}
