public import Relay

/// Why a call to Commerce did not do what it should, and what follows for the delivery.
public struct CommerceFault: DeliveryFault, Equatable, CustomStringConvertible {
    public enum Kind: String, Sendable, CaseIterable {
        /// The request was not sent.
        case unreachable
        /// The request may have had its effect.
        case outcomeUnclear = "outcome-unclear"
        /// Not sent: the shop is left alone at the moment.
        case held
        /// Maintenance, or a proxy's error.
        case unavailable
        /// The shop's own error (500), over this call.
        case crashed
        case throttled
        /// Refused for a reason that passes, such as a database deadlock.
        case busy
        /// Refused: the request is wrong or the record's state does not allow it.
        case rejected
        case unauthorized
        case forbidden
        case notFound = "not-found"
        /// The answer is no JSON, as from a proxy in trouble.
        case unreadable
        /// The answer is JSON, but not what the API is documented to give; asking again would change nothing.
        case unexpected = "unexpected-answer"
        /// Answered from somewhere else: the base URL is not the API's.
        case misdirected
        /// Not sent: the shop's edition has no such operation.
        case unsupported
    }

    public var kind: Kind
    /// `POST /V1/order/42/invoice`
    public var call: String
    public var status: Int?
    /// What Commerce said, its placeholders filled in, or what went wrong.
    public var detail: String
    public var retryAfter: Duration?
    /// What Commerce said, message by message, for those who look for what they sent in it.
    public var complaints: [CommerceComplaint] = []
    /// What a person changes, where more is known than the kind tells.
    public var hint: String?

    public init(
        kind: Kind, call: String, status: Int? = nil, detail: String, retryAfter: Duration? = nil,
        hint: String? = nil
    ) {
        self.kind = kind
        self.call = call
        self.status = status
        self.detail = detail
        self.retryAfter = retryAfter
        self.hint = hint
    }

    public var destination: String? { "commerce" }

    public var failureKind: FailureKind {
        switch kind {
        case .unreachable: .network
        case .outcomeUnclear: .unclearOutcome
        case .held: .held
        case .unavailable: .unavailable
        case .crashed: .serverError
        case .throttled: .throttled
        case .busy: .conflict
        case .rejected: .validation
        // Commerce gives one answer for a wrong token and for a resource that the integration may not use.
        case .unauthorized: .unauthorized
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .unreadable: .unreadable
        case .unexpected: .unexpected
        case .misdirected, .unsupported: .misconfigured
        }
    }

    public var reason: Reason {
        Reason(code: "commerce-\(kind.rawValue)", message: description, advice: hint ?? advice)
    }

    public var description: String {
        "Commerce, \(call): " + (status.map { "\($0), " } ?? "") + detail
    }

    private var advice: String? {
        switch kind {
        case .unreachable, .outcomeUnclear, .held, .unavailable, .crashed, .throttled, .busy: nil
        case .rejected: "Correct the record or the mapping, then replay the event."
        case .unauthorized:
            "Check the integration's token and resources (System > Integrations), and that integration tokens may be "
                + "used as bearer tokens (Stores > Configuration > Services > OAuth); Commerce gives one answer for "
                + "all three."
        case .forbidden: "Check the integration's resources and the firewall before the shop."
        case .notFound: "Check that the record still exists in this shop, then replay the event."
        case .misdirected: "Check commerce.baseURL, commerce.edition and the store view's code."
        case .unsupported:
            "Check commerce.edition; if it is right, turn the flow off or have it do this in another way."
        case .unexpected:
            "Compare the answer with the API of the shop's version; an extension may have changed it. Then replay "
                + "the event."
        case .unreadable: "Check that commerce.baseURL leads to the shop's REST API and not to a page."
        }
    }
}
