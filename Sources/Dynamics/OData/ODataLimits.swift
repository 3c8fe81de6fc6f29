/// How much one call may take.
public struct ODataLimits: Sendable, Equatable {
    /// The first call after a restart of F&O builds its metadata and takes long.
    public var readTimeout: Duration
    public var writeTimeout: Duration
    /// Pages of one read that are followed. A page of F&O holds up to 10,000 rows.
    public var maxPages: Int
    /// The longest answer to one call.
    public var maxAnswerBytes: Int

    public init(
        readTimeout: Duration = .seconds(30), writeTimeout: Duration = .seconds(60),
        maxPages: Int = 20, maxAnswerBytes: Int = 16 << 20
    ) {
        self.readTimeout = readTimeout
        self.writeTimeout = writeTimeout
        self.maxPages = maxPages
        self.maxAnswerBytes = maxAnswerBytes
    }
}
