/// What a platform does wrong. All zero: nothing.
public struct FaultPlan: Sendable, Equatable {
    /// In `0...1`: creates whose connection is cut before they take effect.
    public var cutBeforeCommit = 0.0
    /// In `0...1`: creates that take effect and whose connection is cut instead of an answer.
    public var cutAfterCommit = 0.0
    /// Waited before each request is looked at.
    public var latency = Duration.zero
    /// Answers everything with 503 and an HTML page, as during maintenance.
    public var isAway = false
    /// Cuts every connection without an answer, before anything takes effect: nobody is there at all.
    public var isUnreachable = false
    /// How many of the next requests are refused with 401, as if the token were wrong.
    public var nextUnauthorized = 0
    /// How many of the next requests are refused with 429.
    public var nextTooManyRequests = 0
    /// `Retry-After` of those answers; `nil` leaves the header out, as happens.
    public var retryAfterSeconds: Int? = 1
    /// How many of the next requests fail with the platform's own 500.
    public var nextServerErrors = 0
    /// How many of the next requests get a 503 maintenance page in HTML.
    public var nextMaintenancePages = 0

    public init() {}

    public static let none = FaultPlan()
}
