/// One call to a platform as it was made, with all that was in it. Never stored: a `Redactor` makes an `Exchange` of
/// it. Clients leave out what holds nothing but credentials, such as the bodies of a sign-in.
public struct Call: Sendable {
    public struct Message: Sendable {
        /// Names in lower case; a name may come several times.
        public var headers: [(name: String, value: String)]
        public var body: [UInt8]

        public init(headers: [(name: String, value: String)] = [], body: [UInt8] = []) {
            self.headers = headers
            self.body = body
        }

        /// The first value of a header.
        public func header(_ name: String) -> String? { headers.first { $0.name == name }?.value }
    }

    /// `commerce` or `dynamics`.
    public var destination: String
    public var method: String
    /// Path and query, without scheme and host.
    public var target: String
    public var sent: Message
    /// `nil` if no answer came.
    public var status: Int?
    public var received: Message?
    /// Why no answer came.
    public var failure: String?
    public var startedAt: Timestamp
    public var milliseconds: Int64

    public init(
        destination: String, method: String, target: String, sent: Message = Message(), status: Int? = nil,
        received: Message? = nil, failure: String? = nil, startedAt: Timestamp, milliseconds: Int64
    ) {
        self.destination = destination
        self.method = method
        self.target = target
        self.sent = sent
        self.status = status
        self.received = received
        self.failure = failure
        self.startedAt = startedAt
        self.milliseconds = milliseconds
    }
}

/// Decides what the audit trail may hold of a call: neither secrets nor personal data that nobody needs, and no more
/// than a bounded part of anything.
public protocol Redactor: Sendable {
    func exchange(of call: Call) -> Exchange
}

/// Keeps that a call was made, and nothing of what was in it: for whoever has chosen nothing else.
public struct ContentFreeRedactor: Redactor {
    public init() {}

    public func exchange(of call: Call) -> Exchange {
        Exchange(
            destination: call.destination, method: call.method,
            // Keys stand in parentheses, filters behind the question mark.
            target: String(call.target.prefix { $0 != "?" && $0 != "(" }), status: call.status, sent: nil,
            received: nil, failure: call.failure, startedAt: call.startedAt, milliseconds: call.milliseconds)
    }
}
