/// For whoever watches: what people were told, so that a restart tells nobody twice, and that what ended meanwhile is
/// told at all.
public protocol AlertMemory: Sendable {
    func alerts() async throws -> [RememberedAlert]
    /// Takes the place of what was remembered of the same cause.
    func remember(_ alert: RememberedAlert) async throws
    func forget(cause: String) async throws
}

public struct RememberedAlert: Sendable, Equatable {
    public var cause: String
    public var since: Timestamp
    /// JSON that only the watcher reads.
    public var detail: [UInt8]

    public init(cause: String, since: Timestamp, detail: [UInt8]) {
        self.cause = cause
        self.since = since
        self.detail = detail
    }
}
