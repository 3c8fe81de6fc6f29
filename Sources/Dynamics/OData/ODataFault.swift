public import Relay

/// Why a call to F&O brought no result, and what that means for the record.
public enum ODataFault: DeliveryFault, Equatable, CustomStringConvertible {
    /// F&O's business logic refused the record (400 or 500 with an infolog).
    /// - Parameter sentences: Its own words, in the language of the service user.
    case validation(ODataCall, sentences: [String])
    /// The request itself is wrong: an unknown property, a method that is not allowed, a redirect.
    case rejected(ODataCall, status: Int, detail: String)
    /// 401 even with a fresh token.
    case unauthorized(ODataCall)
    case forbidden(ODataCall, detail: String)
    case notFound(ODataCall)
    /// Somebody else changed the record at the same time.
    case conflict(ODataCall, detail: String)
    /// The row is not in the version that the change was made for (412), and nothing was changed. Read it again, and decide
    /// anew.
    case stale(ODataCall)
    case throttled(ODataCall, retryAfter: Duration)
    /// Not sent: F&O is left alone at the moment.
    case held(ODataCall, detail: String)
    /// Not sent: no connection.
    case unreachable(ODataCall, detail: String)
    /// A read that got no answer.
    case noAnswer(ODataCall, detail: String)
    /// An answer that says "not now".
    case unavailable(ODataCall, detail: String, retryAfter: Duration?)
    /// F&O failed without an infolog (500).
    case crashed(ODataCall, status: Int, detail: String)
    /// A write was sent and no answer came: it may have happened. Look for its effect before it is sent again.
    case outcomeUnclear(ODataCall, detail: String)
    /// A good status, but no JSON.
    case malformedAnswer(ODataCall, detail: String)
    /// JSON, but not the rows that were asked for.
    case unexpectedRow(ODataCall, detail: String)
    case answerTooLarge(ODataCall, limitBytes: Int)
    case tooManyPages(ODataCall, limit: Int)
    /// The next page is on a server that must not get our token.
    case foreignNextLink(ODataCall)
    case invalidURL(ODataCall, detail: String)
    /// The value cannot be used to find or name a row, so nothing was sent.
    case unusableValue(property: String, why: String)
    /// The batch has more operations or bytes than one may have, so nothing was sent.
    /// - Parameter size: `120 operations`.
    case batchTooLarge(ODataCall, _ size: String, limit: String)
    /// The record cannot be written as JSON, so nothing was sent.
    case unencodable(ODataCall, detail: String)

    public var destination: String? { "dynamics" }

    public var failureKind: FailureKind {
        switch self {
        case .validation, .unusableValue, .unencodable, .batchTooLarge: .validation
        case .rejected, .foreignNextLink, .invalidURL: .misconfigured
        case .unauthorized: .signInRefused
        case .forbidden: .forbidden
        case .notFound: .notFound
        case .conflict, .stale: .conflict
        case .throttled: .throttled
        case .held: .held
        case .unreachable: .network
        case .noAnswer: .timeout
        case .unavailable: .unavailable
        case .crashed: .serverError
        case .outcomeUnclear: .unclearOutcome
        case .malformedAnswer: .unreadable
        case .unexpectedRow, .answerTooLarge, .tooManyPages: .unexpected
        }
    }

    public var retryAfter: Duration? {
        switch self {
        case .throttled(_, let retryAfter): retryAfter
        case .unavailable(_, _, let retryAfter): retryAfter
        default: nil
        }
    }

    public var reason: Reason { Reason(code: code, message: description, advice: advice) }

    public var description: String {
        switch self {
        case .validation(let call, let sentences):
            "D365 refused \(call): \(sentences.joined(separator: " "))"
        case .rejected(let call, let status, let detail):
            "D365 does not accept \(call) (status \(status)): \(detail)"
        case .unauthorized(let call):
            "D365 refused \(call) (status 401) although the token is fresh."
        case .forbidden(let call, let detail):
            "The D365 user of this gateway may not \(call) (status 403): \(detail)"
        case .notFound(let call):
            "D365 found nothing for \(call) (status 404)."
        case .conflict(let call, let detail):
            "Another process changed the same D365 record during \(call): \(detail)"
        case .stale(let call):
            "The row was changed by somebody else before \(call) (status 412); nothing was written."
        case .throttled(let call, let retryAfter):
            "D365 limits our calls (status 429 for \(call)); it asks for \(retryAfter.components.seconds) s."
        case .held(let call, let detail):
            "D365 was not asked for \(call): \(detail)"
        case .unreachable(let call, let detail):
            "D365 cannot be reached for \(call): \(detail)"
        case .noAnswer(let call, let detail):
            "D365 gave no answer to \(call): \(detail)"
        case .unavailable(let call, let detail, _):
            "D365 is not available for \(call): \(detail)"
        case .crashed(let call, let status, let detail):
            "D365 failed during \(call) (status \(status)): \(detail)"
        case .outcomeUnclear(let call, let detail):
            "No answer came to \(call), which may have happened: \(detail)"
        case .malformedAnswer(let call, let detail):
            "The answer to \(call) cannot be read: \(detail)"
        case .unexpectedRow(let call, let detail):
            "The answer to \(call) is not what was asked for: \(detail)"
        case .answerTooLarge(let call, let limit):
            "The answer to \(call) is longer than \(limit) bytes."
        case .tooManyPages(let call, let limit):
            "\(call) has more than \(limit) pages."
        case .foreignNextLink(let call):
            "The next page of \(call) is on another server; it was not followed."
        case .invalidURL(let call, let detail):
            "\(call) has no valid address: \(detail)"
        case .unusableValue(let property, let why):
            "The value of \(property) \(why); D365 was not asked."
        case .batchTooLarge(_, let size, let limit):
            "A batch of \(size) is more than the \(limit) that one may have; D365 was not asked."
        case .unencodable(let call, let detail):
            "The record for \(call) cannot be written as JSON: \(detail)"
        }
    }
}
