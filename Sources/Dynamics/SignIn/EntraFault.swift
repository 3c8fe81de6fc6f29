public import Relay

/// Why there is no token. Never holds the secret.
public enum EntraFault: DeliveryFault, Equatable, CustomStringConvertible {
    /// Entra ID answered and said no. Every record meets the same refusal, so none is parked for it: they wait, and
    /// go on by themselves once somebody has mended the configuration.
    case refused(
        status: Int, refusal: EntraRefusal, detail: String, clientID: String, tenant: String, resource: String)
    /// Not asked: Entra ID and F&O are left alone at the moment.
    case held(detail: String)
    /// No answer, too many requests, or a fault of Entra ID itself.
    case unavailable(status: Int?, detail: String, retryAfter: Duration?)
    /// An answer that is not what the protocol says.
    case malformedAnswer(detail: String)

    /// Without a token F&O cannot be called, so what is wrong with Entra ID is wrong with that destination.
    public var destination: String? { "dynamics" }

    public var failureKind: FailureKind {
        switch self {
        case .refused: .signInRefused
        case .held: .held
        case .unavailable(let status, _, _): status == 429 ? .throttled : .unavailable
        case .malformedAnswer: .unreadable
        }
    }

    public var retryAfter: Duration? {
        if case .unavailable(_, _, let retryAfter) = self { retryAfter } else { nil }
    }

    /// How long Entra ID is not asked again; `nil` if the next caller may.
    var hold: Duration? {
        switch self {
        case .refused: EntraTokenSource.refusalHold
        case .unavailable(_, _, let retryAfter): retryAfter
        case .held, .malformedAnswer: nil
        }
    }

    public var reason: Reason {
        switch self {
        case .refused(_, let refusal, _, let clientID, let tenant, let resource):
            Reason(
                code: "entra-refused", message: description,
                advice: refusal.advice(clientID: clientID, tenant: tenant, resource: resource))
        case .held:
            Reason(code: "entra-held", message: description)
        case .unavailable:
            Reason(code: "entra-unavailable", message: description)
        case .malformedAnswer:
            Reason(
                code: "entra-malformed-answer", message: description,
                advice: "Check that dynamics.auth.clientSecret.authority is the sign-in service.")
        }
    }

    public var description: String {
        switch self {
        case .refused(let status, _, let detail, let clientID, let tenant, _):
            "Microsoft Entra ID refused to sign in client \(clientID) of tenant \(tenant) "
                + "(status \(status)): \(detail)"
        case .unavailable(let status, let detail, _):
            "Microsoft Entra ID gave no token (\(status.map { "status \($0)" } ?? "no answer")): \(detail)"
        case .held(let detail):
            "Microsoft Entra ID was not asked for a token: \(detail)"
        case .malformedAnswer(let detail):
            "Microsoft Entra ID's answer cannot be read: \(detail)."
        }
    }
}
