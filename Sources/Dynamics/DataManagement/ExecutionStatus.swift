/// What `GetExecutionSummaryStatus` answers
/// (fin-ops-core/dev-itpro/data-entities/data-management-api, "GetExecutionSummaryStatus").
public enum ExecutionStatus: String, Sendable, CaseIterable {
    /// F&O knows no such execution, or not what it does.
    case unknown = "Unknown"
    case notRun = "NotRun"
    case executing = "Executing"
    case succeeded = "Succeeded"
    case partiallySucceeded = "PartiallySucceeded"
    case failed = "Failed"
    case canceled = "Canceled"

    public var hasEnded: Bool {
        switch self {
        case .unknown, .notRun, .executing: false
        case .succeeded, .partiallySucceeded, .failed, .canceled: true
        }
    }
}
