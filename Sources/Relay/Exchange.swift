/// One call to a platform, as the audit trail keeps it. Never holds a credential: clients record neither the
/// `Authorization` header nor any body of a sign-in call.
public struct Exchange: Sendable, Equatable, Codable {
    /// The flow's step that made the call, if any.
    public var step: String?
    /// `commerce` or `dynamics`.
    public var destination: String
    public var method: String
    /// Path and query, without scheme and host.
    public var target: String
    /// `nil` if no answer came.
    public var status: Int?
    /// Cut to `Trail.bodyLimit`.
    public var sent: String?
    /// Cut to `Trail.bodyLimit`.
    public var received: String?
    /// Why no answer came.
    public var failure: String?
    public var startedAt: Timestamp
    public var milliseconds: Int64

    public init(
        step: String? = nil, destination: String, method: String, target: String, status: Int?,
        sent: String?, received: String?, failure: String? = nil, startedAt: Timestamp, milliseconds: Int64
    ) {
        self.step = step
        self.destination = destination
        self.method = method
        self.target = target
        self.status = status
        self.sent = sent
        self.received = received
        self.failure = failure
        self.startedAt = startedAt
        self.milliseconds = milliseconds
    }
}
