public import Relay

/// Why there is no token. Never holds a secret.
public enum SignInFault: DeliveryFault, Equatable, CustomStringConvertible {
    /// The service answered and said no. Every record meets the same refusal, so none is parked for it: they wait, and
    /// go on by themselves once somebody has mended the configuration.
    case refused(SignInAttempt, status: Int, refusal: SignInRefusal, detail: String)
    /// Not asked: none of the certificates can be used.
    case noCertificate(SignInAttempt, detail: String)
    /// Not asked: sign-in service and F&O are left alone at the moment.
    case held(SignInService, detail: String)
    /// No answer, too many requests, or a fault of the service itself.
    case unavailable(SignInService, status: Int?, detail: String, retryAfter: Duration?)
    /// An answer that is not what the protocol says.
    case malformedAnswer(SignInAttempt, detail: String)

    /// Without a token F&O cannot be called, so what is wrong with the sign-in is wrong with that destination.
    public var destination: String? { "dynamics" }

    /// A refusal is repeated for this long without asking again: Entra ID blocks a client that asks on and on
    /// (AADSTS50196).
    public static let refusalHold = Duration.seconds(10)
    /// And once it does so, for this long.
    public static let loopHold = Duration.seconds(60)

    public var failureKind: FailureKind {
        switch self {
        case .refused, .noCertificate: .signInRefused
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
        case .refused(_, _, .clientLoop, _): Self.loopHold
        case .refused: Self.refusalHold
        case .unavailable(_, _, _, let retryAfter): retryAfter
        case .noCertificate, .held, .malformedAnswer: nil
        }
    }

    public var service: SignInService {
        switch self {
        case .refused(let attempt, _, _, _), .noCertificate(let attempt, _), .malformedAnswer(let attempt, _):
            attempt.service
        case .held(let service, _), .unavailable(let service, _, _, _): service
        }
    }

    public var reason: Reason {
        Reason(code: "\(service.rawValue)-\(code)", message: description, advice: advice)
    }

    private var code: String {
        switch self {
        case .refused: "refused"
        case .noCertificate: "no-certificate"
        case .held: "held"
        case .unavailable: "unavailable"
        case .malformedAnswer: "malformed-answer"
        }
    }

    private var advice: String? {
        switch self {
        case .refused(let attempt, _, let refusal, _): refusal.advice(attempt)
        case .noCertificate(let attempt, _):
            "Make a new certificate, upload it in Entra ID under Certificates & secrets of app "
                + "\(attempt.clientID ?? ""), and add it to \(attempt.settings).certificates."
        case .unavailable(.managedIdentity, nil, _, _):
            "Managed identities are there on Azure only; elsewhere sign in by clientSecret or clientCertificate."
        case .held, .unavailable: nil
        case .malformedAnswer(let attempt, _):
            attempt.service == .managedIdentity
                ? "Check that nothing stands between this process and \(attempt.service.name.lowercased()): "
                    + "no proxy may be used for it."
                : "Check that \(attempt.settings).authority is the sign-in service."
        }
    }

    public var description: String {
        switch self {
        case .refused(let attempt, let status, _, let detail):
            "\(service.name) refused to sign in \(attempt.who) (status \(status)): \(detail)"
        case .noCertificate(let attempt, let detail):
            "\(service.name) was not asked for a token for \(attempt.who): \(detail)"
        case .unavailable(_, let status, let detail, _):
            "\(service.name) gave no token (\(status.map { "status \($0)" } ?? "no answer")): \(detail)"
        case .held(_, let detail):
            "\(service.name) was not asked for a token: \(detail)"
        case .malformedAnswer(_, let detail):
            "The answer of \(service == .managedIdentity ? "the managed identity service" : service.name) "
                + "cannot be read: \(detail)."
        }
    }
}
