public import Relay

/// Why there is no token for Commerce. Never holds a secret.
public enum CommerceSignInFault: DeliveryFault, Equatable, CustomStringConvertible {
    /// The service answered and said no. Every record meets the same refusal, so none is parked for it: they wait,
    /// and go on by themselves once somebody has mended the configuration.
    case refused(CommerceSignInService, status: Int, detail: String, advice: String)
    /// Not asked: the shop is left alone at the moment.
    case held(CommerceSignInService, detail: String)
    /// No answer, too many requests, or a fault of the service itself.
    case unavailable(CommerceSignInService, status: Int?, detail: String, retryAfter: Duration?)
    /// An answer that is not what the service is documented to give.
    case malformedAnswer(CommerceSignInService, detail: String)

    public var destination: String? { "commerce" }

    public var failureKind: FailureKind {
        switch self {
        case .refused: .signInRefused
        case .held: .held
        case .unavailable(_, let status, _, _): status == 429 ? .throttled : .unavailable
        case .malformedAnswer: .unreadable
        }
    }

    public var retryAfter: Duration? {
        if case .unavailable(_, _, _, let retryAfter) = self { retryAfter } else { nil }
    }

    /// How long the service is not asked again; `nil` if the next caller may.
    var hold: Duration? {
        switch self {
        case .refused(let service, _, _, _): service.refusalHold
        case .unavailable(_, _, _, let retryAfter): retryAfter
        case .held, .malformedAnswer: nil
        }
    }

    public var reason: Reason {
        switch self {
        case .refused(let service, _, _, let advice):
            Reason(code: "\(service.code)-refused", message: description, advice: advice)
        case .held(let service, _): Reason(code: "\(service.code)-held", message: description)
        case .unavailable(let service, _, _, _):
            Reason(code: "\(service.code)-unavailable", message: description)
        case .malformedAnswer(let service, _):
            Reason(
                code: "\(service.code)-malformed-answer", message: description,
                advice: "Check that \(service.addressKey) leads to the sign-in service and not to a page.")
        }
    }

    public var description: String {
        switch self {
        case .refused(let service, let status, let detail, _):
            "\(service.name) refused to sign in (\(status)): \(detail)"
        case .held(let service, let detail): "\(service.name) was not asked for a token: \(detail)"
        case .unavailable(let service, let status, let detail, _):
            "\(service.name) gave no token (\(status.map { "status \($0)" } ?? "no answer")): \(detail)"
        case .malformedAnswer(let service, let detail):
            "\(service.name) gave an answer that cannot be read: \(detail)."
        }
    }
}
