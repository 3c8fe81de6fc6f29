/// A record's place in the store; rises in order of arrival.
public struct EventID: Sendable, Hashable, Comparable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
    public static func < (left: EventID, right: EventID) -> Bool { left.rawValue < right.rawValue }
}

/// Something that happened on one platform, as received, before it is stored.
public struct NewEvent: Sendable, Equatable {
    /// The platform it came from: `commerce` or `dynamics`.
    public var source: String
    /// What happened, in the source's words: `order`, `SalesInvoicePostedBusinessEvent`.
    public var kind: String
    /// The business key whose deliveries keep their order: `order 000000042`.
    public var subject: String
    /// Equal for two arrivals of the same occurrence, different for any other; unique per source.
    public var dedupKey: String
    public var receivedAt: Timestamp
    /// The bytes as received.
    public var body: [UInt8]
    /// SHA-256 of `body`, 32 bytes.
    public var bodyDigest: [UInt8]
    /// One delivery for each.
    public var routes: [Route]

    public init(
        source: String, kind: String, subject: String, dedupKey: String, receivedAt: Timestamp,
        body: [UInt8], bodyDigest: [UInt8], routes: [Route]
    ) {
        self.source = source
        self.kind = kind
        self.subject = subject
        self.dedupKey = dedupKey
        self.receivedAt = receivedAt
        self.body = body
        self.bodyDigest = bodyDigest
        self.routes = routes
    }
}

/// Which flow works on an event, and in which lane.
public struct Route: Sendable, Hashable, Codable {
    /// The flow's name: `OrderToSalesOrder`.
    public var flow: String
    /// The destination and flow that are paused, limited and measured together: `dynamics/OrderToSalesOrder`.
    public var lane: String

    public init(flow: String, lane: String) {
        self.flow = flow
        self.lane = lane
    }
}

/// An event as the store holds it.
public struct StoredEvent: Sendable, Equatable {
    public var id: EventID
    public var source: String
    public var kind: String
    public var subject: String
    public var receivedAt: Timestamp
    public var body: [UInt8]

    public init(id: EventID, source: String, kind: String, subject: String, receivedAt: Timestamp, body: [UInt8]) {
        self.id = id
        self.source = source
        self.kind = kind
        self.subject = subject
        self.receivedAt = receivedAt
        self.body = body
    }
}

/// The store's word that an event is on disk.
public struct Receipt: Sendable, Equatable {
    /// The stored event; for a duplicate, the one that was stored first.
    public var event: EventID
    public var isDuplicate: Bool

    public init(event: EventID, isDuplicate: Bool) {
        self.event = event
        self.isDuplicate = isDuplicate
    }
}
