/// What a failure means for the delivery.
public enum Disposition: Sendable, Equatable {
    /// It may pass: try again by the schedule.
    /// - Parameter after: The destination asked for at least this wait.
    case retry(after: Duration?)
    /// Trying again changes nothing until a person does.
    case park
    /// There is nothing to do for this record.
    case skip
}

/// An error that knows what it is; `RetryRules` say what follows for the delivery. Other errors are of kind
/// `unknown` and retried: an unforeseen fault is more often a passing one, and the schedule ends with a person anyway.
public protocol DeliveryFault: Error {
    var failureKind: FailureKind { get }
    var reason: Reason { get }
    /// The destination whose call failed, as lanes name it: `dynamics`; `nil` if no call did.
    var destination: String? { get }
    /// The destination asked for at least this wait.
    var retryAfter: Duration? { get }
    /// The fault's own verdict, which no rule changes; `nil` leaves it to the rules.
    var disposition: Disposition? { get }
}

extension DeliveryFault {
    public var destination: String? { nil }
    public var retryAfter: Duration? { nil }
    public var disposition: Disposition? { nil }
}

/// A flow's own verdict on a record.
public struct Verdict: DeliveryFault, Equatable, CustomStringConvertible {
    public var disposition: Disposition?
    public var reason: Reason
    public var failureKind: FailureKind { .businessRule }

    public init(_ disposition: Disposition, _ reason: Reason) {
        self.disposition = disposition
        self.reason = reason
    }

    /// - Parameter waitsFor: See `Reason.waitsFor`.
    public static func park(
        _ code: String, _ message: String, advice: String? = nil, waitsFor: String? = nil
    ) -> Verdict {
        Verdict(.park, Reason(code: code, message: message, advice: advice, waitsFor: waitsFor))
    }

    public static func skip(_ code: String, _ message: String) -> Verdict {
        Verdict(.skip, Reason(code: code, message: message))
    }

    /// - Parameter advice: What a person can do if it does not pass by itself.
    public static func retry(
        _ code: String, _ message: String, advice: String? = nil, after: Duration? = nil
    ) -> Verdict {
        Verdict(.retry(after: after), Reason(code: code, message: message, advice: advice))
    }

    public var description: String { reason.description }
}
