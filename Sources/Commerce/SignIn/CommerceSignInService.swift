/// Who gives the token.
public enum CommerceSignInService: Sendable, Equatable {
    /// The shop, to an administrator.
    case shop
    /// Adobe's Identity Management Services.
    case ims

    var name: String {
        switch self {
        case .shop: "The shop"
        case .ims: "Adobe IMS"
        }
    }

    var code: String {
        switch self {
        case .shop: "commerce-sign-in"
        case .ims: "ims"
        }
    }

    var addressKey: String {
        switch self {
        case .shop: "commerce.baseURL"
        case .ims: "commerce.auth.ims.tokenURL"
        }
    }

    /// Commerce locks an account for 1800 s after six failures; a wrong password must not get that far.
    var refusalHold: Duration {
        switch self {
        case .shop: .seconds(600)
        case .ims: .seconds(10)
        }
    }
}
