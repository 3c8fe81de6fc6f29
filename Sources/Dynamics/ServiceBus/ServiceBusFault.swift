import HTTPClient
public import Relay

/// Why a call to Service Bus brought nothing.
public enum ServiceBusFault: DeliveryFault, Equatable, CustomStringConvertible {
    /// 401, with a fresh token where tokens are used.
    case unauthorized(detail: String)
    case forbidden(detail: String)
    /// 404 or 410 for the queue or subscription itself.
    case unknownPlace(String)
    /// 404 or 410 for a lock: it has ended, and the message is handed out again, to us or to somebody else.
    case lockLost
    case throttled(retryAfter: Duration?)
    /// An answer that says "not now".
    case unavailable(status: Int, detail: String, retryAfter: Duration?)
    /// No answer.
    case unreachable(detail: String)
    /// Not sent: Service Bus is left alone at the moment, or the call was cancelled.
    case held(detail: String)
    case messageTooLarge(limit: Int)
    case rejected(status: Int, detail: String)
    /// A good status, but not what the protocol says.
    case unexpected(detail: String)

    /// What an answer means that is not the awaited one.
    /// - Parameter isLock: Whether the call was about a lock.
    init(_ response: OutboundResponse, at place: ServiceBusPlace, isLock: Bool, now: Timestamp) {
        let detail = Self.detail(response.body)
        let wait = RetryAfter.wait(response.headers, millisecondsSince1970: now.millisecondsSince1970)
        switch response.status {
        case 401: self = .unauthorized(detail: detail)
        case 403: self = .forbidden(detail: detail)
        case 404, 410: self = isLock ? .lockLost : .unknownPlace(place.entity)
        case 429: self = .throttled(retryAfter: wait)
        case 408, 500...: self = .unavailable(status: response.status, detail: detail, retryAfter: wait)
        default: self = .rejected(status: response.status, detail: detail)
        }
    }

    init(_ error: TransportError) {
        switch error {
        case .responseTooLarge(let limit): self = .messageTooLarge(limit: limit)
        case .held, .cancelled: self = .held(detail: error.description)
        case .invalidURL, .invalidRequest, .refused: self = .rejected(status: 0, detail: error.description)
        case .notConnected, .interrupted: self = .unreachable(detail: error.description)
        }
    }

    /// Characters of an answer's body that an error shows.
    static let detailLimit = 300

    /// The sentence inside `<Error><Code>401</Code><Detail>…</Detail></Error>`, on one line.
    private static func detail(_ body: [UInt8]) -> String {
        let text = String(decoding: body.prefix(4096), as: UTF8.self)
        let sentence = text.firstMatch(of: /(?s)<Detail>(.*?)<\/Detail>/)?.1 ?? text[...]
        let line = sentence.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        return line.isEmpty ? "no description" : String(line.prefix(detailLimit))
    }

    public var destination: String? { nil }

    public var failureKind: FailureKind {
        switch self {
        case .unauthorized: .signInRefused
        case .forbidden: .forbidden
        case .unknownPlace, .rejected: .misconfigured
        case .lockLost: .conflict
        case .throttled: .throttled
        case .unavailable: .unavailable
        case .unreachable: .network
        case .held: .held
        case .messageTooLarge, .unexpected: .unexpected
        }
    }

    public var retryAfter: Duration? {
        switch self {
        case .throttled(let wait), .unavailable(_, _, let wait): wait
        default: nil
        }
    }

    public var reason: Reason { Reason(code: code, message: description, advice: advice) }
}

extension ServiceBusFault {
    private var code: String {
        switch self {
        case .unauthorized: "service-bus-unauthorized"
        case .forbidden: "service-bus-forbidden"
        case .unknownPlace: "service-bus-unknown-place"
        case .lockLost: "service-bus-lock-lost"
        case .throttled: "service-bus-throttled"
        case .unavailable, .unreachable: "service-bus-unavailable"
        case .held: "service-bus-held"
        case .messageTooLarge: "service-bus-message-too-large"
        case .rejected: "service-bus-rejected"
        case .unexpected: "service-bus-unexpected"
        }
    }

    private var advice: String? {
        switch self {
        case .unauthorized:
            "Check policy and key under dynamics.serviceBus.auth.sas, and this machine's clock; the policy needs the "
                + "right Listen."
        case .forbidden:
            "Give the policy the right Listen, or the identity the role Azure Service Bus Data Receiver."
        case .unknownPlace: "Check namespace, queue, topic and subscription under dynamics.serviceBus."
        case .messageTooLarge:
            "Service Bus moves it to the dead-letter queue after its MaxDeliveryCount; look at it there."
        case .lockLost, .throttled, .unavailable, .unreachable, .held, .rejected, .unexpected: nil
        }
    }

    public var description: String {
        switch self {
        case .unauthorized(let detail): "Service Bus refuses the sign-in (status 401): \(detail)"
        case .forbidden(let detail): "Service Bus does not let this gateway receive (status 403): \(detail)"
        case .unknownPlace(let entity): "Service Bus knows no \(entity)."
        case .lockLost: "The lock of the message has ended."
        case .throttled: "Service Bus limits our calls (status 429)."
        case .unavailable(let status, let detail, _): "Service Bus is not available (status \(status)): \(detail)"
        case .unreachable(let detail): "Service Bus gives no answer: \(detail)"
        case .held(let detail): "Service Bus was not asked: \(detail)"
        case .messageTooLarge(let limit): "A message is longer than \(limit) bytes."
        case .rejected(let status, let detail): "Service Bus does not accept the call (status \(status)): \(detail)"
        case .unexpected(let detail): "The answer of Service Bus is not what was asked for: \(detail)"
        }
    }
}
