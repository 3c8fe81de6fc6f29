/// What a call is for.
public enum CallRole: Sendable {
    /// Reads or writes records.
    case work
    /// Fetches a token. Its failures are the destination's, since nothing works without one; its successes prove
    /// nothing, since another server gives the tokens.
    case signIn
}

/// What came of a call, as far as it tells something about the destination.
public enum CallResult: Sendable, Equatable {
    /// The destination works. Refusals of a record are answers too.
    case answered
    case failed(FailureKind, Reason, retryAfter: Duration?)
    /// Tells nothing: it was cancelled, or refused with a token that may only be stale.
    case inconclusive

    /// What an answer means whose fault is known.
    public init(_ fault: any DeliveryFault) {
        self =
            switch fault.failureKind.bearing {
            case .record: .answered
            // A fresh token may mend it. If it does not, the flow's attempt says so.
            case .signIn: .inconclusive
            case .outage, .throttle, .crash:
                .failed(fault.failureKind, fault.reason, retryAfter: fault.retryAfter)
            }
    }
}

/// What changed about a destination, for those who watch.
public enum DestinationChange: Sendable, Equatable {
    /// The breaker opened: no calls for this long.
    case opened(Reason, wait: Duration)
    /// The next call shows whether it works again.
    case probing
    /// It works again.
    case closed
    /// It asked for a pause of this length.
    case held(wait: Duration)
    /// It asked for fewer calls: from now on so many at the same time.
    case lowered(concurrency: Int)
}

/// The right to make one call. Given back with what came of it.
public struct CallPermit: Sendable {
    let role: CallRole
    /// The delivery that calls; `nil` for calls outside of one.
    let delivery: DeliveryID?
    /// How often the breaker had opened when the call began: later news are not taken from earlier calls.
    let era: Int
    /// How often the concurrency had been lowered when the call began: one jam lowers it once.
    let jam: Int
}
