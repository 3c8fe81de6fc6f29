/// What went wrong with a call or a record, in words that hold for every platform. From it follow what becomes of
/// the delivery (`RetryRules`) and what it says about the destination (`bearing`). `docs/destinations.md` has the table.
public enum FailureKind: String, Sendable, Codable, CaseIterable {
    /// No connection: nothing was sent.
    case network
    /// A read that got no whole answer in time.
    case timeout
    /// A write that was sent and got no answer: it may have happened.
    case unclearOutcome
    /// Too many calls (429).
    case throttled
    /// "Not now": 408, 502, 503, 504, a maintenance page, or a 500 that is not the platform's own.
    case unavailable
    /// Not what the platform answers: a page of a proxy, text that is no JSON.
    case unreadable
    /// A token that may be stale, or lacks a right (401).
    case unauthorized
    /// The sign-in service, or the platform with a fresh token, does not let this gateway in.
    case signInRefused
    /// Not sent, because the destination takes no calls at the moment.
    case held
    /// The platform failed over this call (500 in its own format).
    case serverError
    /// Signed in, and not allowed to do this (403).
    case forbidden
    /// Somebody else changed the same record, or a deadlock.
    case conflict
    /// The platform's own rules, or our mapping's, refuse the record.
    case validation
    /// A flow's rules refuse the record.
    case businessRule
    /// What the record refers to is not there (404).
    case notFound
    /// The platform's format, but not the content that it is documented to have.
    case unexpected
    /// A wrong address, entity set or property: the set-up has to change.
    case misconfigured
    /// An error that says nothing about itself.
    case unknown

    /// What a failure says about the destination whose call failed.
    public enum Bearing: Sendable {
        /// The destination works; it is this record, or the set-up of this flow.
        case record
        /// The destination, or the way to it, does not work.
        case outage
        /// The destination asks for fewer calls.
        case throttle
        /// The destination lets nobody in.
        case signIn
        /// The record's fault or the destination's: to be told by what else comes back.
        case crash
    }

    /// Whether a single record may be what the destination takes too long over.
    var mayBeSlowRecord: Bool { self == .timeout || self == .unclearOutcome }

    public var bearing: Bearing {
        switch self {
        case .network, .timeout, .unclearOutcome, .unavailable, .unreadable, .unauthorized, .held: .outage
        case .throttled: .throttle
        case .signInRefused: .signIn
        case .serverError: .crash
        case .forbidden, .conflict, .validation, .businessRule, .notFound, .unexpected, .misconfigured, .unknown:
            .record
        }
    }
}
