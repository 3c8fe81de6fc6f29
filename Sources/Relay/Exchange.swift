/// One call to a platform, as the audit trail keeps it: what a `Redactor` has left of a `Call`.
public struct Exchange: Sendable, Equatable {
    /// The flow's step that made the call, if any.
    public var step: String?
    /// `commerce` or `dynamics`.
    public var destination: String
    public var method: String
    /// Path and query, without scheme and host.
    public var target: String
    /// `nil` if no answer came.
    public var status: Int?
    /// The identifiers that both sides gave the call, by the name of their header: what the far side's support asks
    /// for.
    public var identifiers: [String: String]
    /// Names in lower case.
    public var sentHeaders: [String: String]
    public var receivedHeaders: [String: String]
    /// The body's text, cut; `nil` if there was none.
    public var sent: String?
    public var received: String?
    /// Why no answer came.
    public var failure: String?
    public var startedAt: Timestamp
    public var milliseconds: Int64

    public init(
        step: String? = nil, destination: String, method: String, target: String, status: Int?,
        identifiers: [String: String] = [:], sentHeaders: [String: String] = [:],
        receivedHeaders: [String: String] = [:], sent: String?, received: String?, failure: String? = nil,
        startedAt: Timestamp, milliseconds: Int64
    ) {
        self.step = step
        self.destination = destination
        self.method = method
        self.target = target
        self.status = status
        self.identifiers = identifiers
        self.sentHeaders = sentHeaders
        self.receivedHeaders = receivedHeaders
        self.sent = sent
        self.received = received
        self.failure = failure
        self.startedAt = startedAt
        self.milliseconds = milliseconds
    }
}

extension Exchange: Codable {
    /// Trails that were written before headers were kept have none.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        step = try container.decodeIfPresent(String.self, forKey: .step)
        destination = try container.decode(String.self, forKey: .destination)
        method = try container.decode(String.self, forKey: .method)
        target = try container.decode(String.self, forKey: .target)
        status = try container.decodeIfPresent(Int.self, forKey: .status)
        identifiers = try container.decodeIfPresent([String: String].self, forKey: .identifiers) ?? [:]
        sentHeaders = try container.decodeIfPresent([String: String].self, forKey: .sentHeaders) ?? [:]
        receivedHeaders = try container.decodeIfPresent([String: String].self, forKey: .receivedHeaders) ?? [:]
        sent = try container.decodeIfPresent(String.self, forKey: .sent)
        received = try container.decodeIfPresent(String.self, forKey: .received)
        failure = try container.decodeIfPresent(String.self, forKey: .failure)
        startedAt = try container.decode(Timestamp.self, forKey: .startedAt)
        milliseconds = try container.decode(Int64.self, forKey: .milliseconds)
    }
}
