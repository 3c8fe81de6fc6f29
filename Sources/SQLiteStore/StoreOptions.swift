/// The limits of a store. The defaults suit one gateway on two cores.
public struct StoreOptions: Sendable, Equatable {
    /// Appends that may wait for the writer; one more is refused with `StoreFault.overloaded`. At least 1.
    public var maxWaiting: Int
    /// Places beyond `maxWaiting` kept for everything but appends, so that a flood of events cannot keep the
    /// dispatcher from writing down what has happened.
    public var reserved: Int
    /// Operations in one transaction. Beyond about 64 only the wait grows; at least 1.
    public var maxGroup: Int
    /// Read-only connections; at least 1.
    public var readers: Int
    /// WAL pages after which a quiet store is checkpointed.
    public var quietCheckpointPages: Int
    /// WAL pages after which a busy store is checkpointed between two commits.
    public var busyCheckpointPages: Int
    /// Size of the database file in pages of 4 KiB, beyond which appends get `StoreFault.full`; `nil` is the disk.
    public var maxPages: Int?

    public init(
        maxWaiting: Int = 4096, reserved: Int = 1024, maxGroup: Int = 256, readers: Int = 2,
        quietCheckpointPages: Int = 1000, busyCheckpointPages: Int = 1500, maxPages: Int? = nil
    ) {
        self.maxWaiting = maxWaiting
        self.reserved = reserved
        self.maxGroup = maxGroup
        self.readers = readers
        self.quietCheckpointPages = quietCheckpointPages
        self.busyCheckpointPages = busyCheckpointPages
        self.maxPages = maxPages
    }
}
