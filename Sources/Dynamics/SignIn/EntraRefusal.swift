/// What a person has to change, by the number behind `AADSTS`
/// (learn.microsoft.com/entra/identity-platform/reference-error-codes).
public enum EntraRefusal: Sendable, Equatable {
    case wrongSecret
    case expiredSecret
    case unknownClient
    case unknownTenant
    case unknownResource
    case other

    init(code: Int?) {
        self =
            switch code {
            case 7_000_215: .wrongSecret
            case 7_000_222: .expiredSecret
            case 700_016: .unknownClient
            case 90002: .unknownTenant
            case 500_011: .unknownResource
            default: .other
            }
    }

    func advice(clientID: String, tenant: String, resource: String) -> String {
        switch self {
        case .wrongSecret:
            "Set dynamics.auth.clientSecret.clientSecret to the value of a client secret of app \(clientID); "
                + "the portal's \"secret ID\" is not the value."
        case .expiredSecret:
            "The client secret of app \(clientID) has expired: create a new one in Entra ID under "
                + "Certificates & secrets, and set dynamics.auth.clientSecret.clientSecret to its value."
        case .unknownClient:
            "Tenant \(tenant) knows no app \(clientID): check dynamics.auth.clientSecret.clientID and tenant."
        case .unknownTenant:
            "There is no tenant \(tenant): check dynamics.auth.clientSecret.tenant, "
                + "and authority for a national cloud."
        case .unknownResource:
            "Tenant \(tenant) knows no environment \(resource): check dynamics.environment, "
                + "which must be the environment's exact URL."
        case .other:
            "Check tenant, clientID and clientSecret under dynamics.auth.clientSecret, and dynamics.environment."
        }
    }
}
