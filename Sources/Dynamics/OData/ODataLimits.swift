/// How much one call may take.
public struct ODataLimits: Sendable, Equatable {
    public var readTimeout: Duration
    public var writeTimeout: Duration
    /// The first call after a restart of F&O builds its metadata and takes long.
    public var firstCallTimeout: Duration
    /// Pages of one read that are kept together. A page of F&O holds up to 10,000 rows.
    public var maxPages: Int
    /// Pages of one read that are dealt with one by one.
    public var maxStreamedPages: Int
    /// The longest answer to one call.
    public var maxAnswerBytes: Int
    /// How often a row that others change at the same time is read again before its change is given up.
    public var maxRevisions: Int
    /// Operations of one batch. Microsoft names 5,000; what limits is the time that they take.
    public var maxBatchOperations: Int
    /// The longest batch.
    public var maxBatchBytes: Int

    public init(
        readTimeout: Duration = .seconds(30), writeTimeout: Duration = .seconds(60),
        firstCallTimeout: Duration = .seconds(300), maxPages: Int = 20, maxStreamedPages: Int = 10_000,
        maxAnswerBytes: Int = 16 << 20, maxRevisions: Int = 3, maxBatchOperations: Int = 100,
        maxBatchBytes: Int = 4 << 20
    ) {
        self.readTimeout = readTimeout
        self.writeTimeout = writeTimeout
        self.firstCallTimeout = firstCallTimeout
        self.maxPages = maxPages
        self.maxStreamedPages = maxStreamedPages
        self.maxAnswerBytes = maxAnswerBytes
        self.maxRevisions = maxRevisions
        self.maxBatchOperations = maxBatchOperations
        self.maxBatchBytes = maxBatchBytes
    }
}
