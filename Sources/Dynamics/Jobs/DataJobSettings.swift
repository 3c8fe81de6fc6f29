public import Relay

/// How jobs of the data package API are watched.
public struct DataJobSettings: Sendable, Equatable {
    /// The first wait between two looks at a running job; each is twice as long, up to the longest.
    public var firstLook: Duration
    public var longestLook: Duration
    /// A job that runs longer is given to a person as unclear.
    public var longestRun: Duration
    /// How long after a begin whose answer was lost F&O may still come to know the execution.
    public var settle: Duration
    /// How often the far side is asked to begin, at most.
    public var maxStarts: Int
    /// How often the keys of refused rows are asked for, and how long is waited between.
    public var errorKeyLooks: Int
    public var errorKeyWait: Duration
    /// Jobs that ended longer ago are forgotten.
    public var keepFinished: Duration
    public var retry: RetrySchedule

    public init(
        firstLook: Duration = .seconds(5), longestLook: Duration = .seconds(30),
        longestRun: Duration = .seconds(24 * 3600), settle: Duration = .seconds(180), maxStarts: Int = 3,
        errorKeyLooks: Int = 5, errorKeyWait: Duration = .seconds(2),
        keepFinished: Duration = .seconds(30 * 86_400), retry: RetrySchedule = RetrySchedule()
    ) {
        self.firstLook = firstLook
        self.longestLook = longestLook
        self.longestRun = longestRun
        self.settle = settle
        self.maxStarts = maxStarts
        self.errorKeyLooks = errorKeyLooks
        self.errorKeyWait = errorKeyWait
        self.keepFinished = keepFinished
        self.retry = retry
    }

    /// The wait before the next look at a running job.
    /// - Parameter looks: So far.
    func wait(looks: Int) -> Duration { min(firstLook * (1 << min(max(looks, 0), 16)), longestLook) }
}
