import HTTPClient

/// Where messages wait: a queue, or a subscription of a topic.
public struct ServiceBusPlace: Sendable, Equatable {
    /// `https://contoso.servicebus.windows.net`, without a slash at the end.
    public let namespace: String
    /// `d365-events`, or `d365-events/subscriptions/causeway`.
    public let entity: String

    public init(namespace: String, queue: String) {
        self.namespace = ServiceRoot(namespace).url
        entity = Self.encoded(queue)
    }

    public init(namespace: String, topic: String, subscription: String) {
        self.namespace = ServiceRoot(namespace).url
        entity = "\(Self.encoded(topic))/subscriptions/\(Self.encoded(subscription))"
    }

    /// The scope of an access signature.
    public var url: String { "\(namespace)/\(entity)" }

    /// Where the next message is locked, for at most `seconds` of waiting.
    func head(waiting seconds: Int64) -> String { "\(url)/messages/head?timeout=\(seconds)" }

    /// The lock of a message.
    func lock(sequenceNumber: Int64, token: String) -> String {
        "\(url)/messages/\(sequenceNumber)/\(PercentEncoding.encode(token))"
    }

    /// Whether it is a lock of this place's namespace; nobody else gets our signature.
    func owns(_ location: String) -> Bool { ServiceRoot(namespace).isOrigin(of: location) }

    /// Names of entities may have slashes in them.
    private static func encoded(_ name: String) -> String { PercentEncoding.encode(name, keeping: "/") }
}
