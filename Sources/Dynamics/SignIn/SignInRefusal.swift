/// What a refusal is about: by the number behind `AADSTS` (learn.microsoft.com/entra/identity-platform/
/// reference-error-codes), or by OAuth's own word where there is none (RFC 6749 §5.2).
public enum SignInRefusal: Sendable, Equatable {
    case wrongSecret
    case expiredSecret
    case unknownClient
    case unknownTenant
    case unknownResource
    /// The signature is not of a certificate that the application has.
    case unknownCertificate
    /// The same client asks far too often.
    case clientLoop
    case other

    init(code: Int?, error: String?) {
        self =
            switch code {
            case 7_000_215: .wrongSecret
            case 7_000_222: .expiredSecret
            case 700_016: .unknownClient
            case 90002: .unknownTenant
            case 500_011, 50001: .unknownResource
            case 700_027: .unknownCertificate
            case 50196: .clientLoop
            default: error.map(SignInRefusal.init(error:)) ?? .other
            }
    }

    private init(error: String) {
        self =
            switch error {
            case "invalid_resource": .unknownResource
            case "unauthorized_client": .unknownClient
            default: .other
            }
    }

    func advice(_ attempt: SignInAttempt) -> String {
        switch attempt.service {
        case .entra: entraAdvice(attempt)
        case .managedIdentity: managedIdentityAdvice(attempt)
        case .adfs: adfsAdvice(attempt)
        }
    }

    private func entraAdvice(_ attempt: SignInAttempt) -> String {
        let app = attempt.clientID ?? ""
        let tenant = attempt.tenant ?? ""
        let resource = attempt.resource
        return switch self {
        case .wrongSecret:
            "Set \(attempt.settings).clientSecret to the value of a client secret of app \(app); "
                + "the portal's \"secret ID\" is not the value."
        case .expiredSecret:
            "The client secret of app \(app) has expired: create a new one in Entra ID under "
                + "Certificates & secrets, and set \(attempt.settings).clientSecret to its value."
        case .unknownClient:
            "Tenant \(tenant) knows no app \(app): check \(attempt.settings).clientID and tenant."
        case .unknownTenant:
            "There is no tenant \(tenant): check \(attempt.settings).tenant, and authority for a national cloud."
        case .unknownResource:
            if let setting = resource.setting {
                "Tenant \(tenant) knows no environment \(resource.url): check \(setting), "
                    + "which must be the environment's exact URL."
            } else {
                "Tenant \(tenant) knows no \(resource.url): check \(attempt.settings).tenant."
            }
        case .unknownCertificate:
            "Upload the certificate with thumbprint \(attempt.thumbprint ?? "") in Entra ID under "
                + "Certificates & secrets of app \(app), or take it out of \(attempt.settings).certificates. "
                + "If it is there, check this machine's clock."
        case .clientLoop:
            "Something signs in as app \(app) over and over. Give Causeway an app of its own, and see what else uses it."
        case .other where attempt.thumbprint != nil:
            "Check tenant, clientID and certificates under \(attempt.settings)\(alsoCheck(resource))."
        case .other:
            "Check tenant, clientID and clientSecret under \(attempt.settings)\(alsoCheck(resource))."
        }
    }

    private func managedIdentityAdvice(_ attempt: SignInAttempt) -> String {
        if self == .unknownResource { return "Check \(attempt.resource.setting ?? attempt.resource.url)." }
        guard let clientID = attempt.clientID else {
            return "Turn on the system-assigned identity of this machine in Azure, or name a user-assigned one with "
                + "\(attempt.settings).clientID."
        }
        return "Assign the identity with client id \(clientID) to this machine in Azure, or correct "
            + "\(attempt.settings).clientID."
    }

    private func adfsAdvice(_ attempt: SignInAttempt) -> String {
        self == .unknownResource
            ? "Check \(attempt.settings).resource, which must be an identifier of the Web API in the application group "
                + "\"Microsoft Dynamics 365 for Operations On-premises\"; without it \(attempt.resource.url) is asked for."
            : "Check clientID and clientSecret under \(attempt.settings), and in AD FS that the server application "
                + "may use the Web API of the application group \"Microsoft Dynamics 365 for Operations On-premises\"."
    }

    private func alsoCheck(_ resource: SignInResource) -> String {
        resource.setting.map { ", and \($0)" } ?? ""
    }
}
