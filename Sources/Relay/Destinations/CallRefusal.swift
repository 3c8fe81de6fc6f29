/// Why a call did not leave.
public enum CallRefusal: Error, Sendable, Equatable {
    /// The destination takes no calls.
    /// - Parameter wait: For this long, as far as is known.
    case held(wait: Duration, Reason)
    /// The caller's task was cancelled.
    case cancelled
}
