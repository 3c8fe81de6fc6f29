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
    /// The source's own measure of how new the record is, such as its time of change in milliseconds; rises with each
    /// change. A flow that has carried a newer one skips this one as stale.
    public var version: Int64?
    /// The event's place in a numbered stream of its source, where there is one.
    public var sequence: SequenceNumber?
    /// What people look for it by.
    public var searchKeys: [SearchKey]

    public init(
        source: String, kind: String, subject: String, dedupKey: String, receivedAt: Timestamp,
        body: [UInt8], bodyDigest: [UInt8], routes: [Route], version: Int64? = nil, sequence: SequenceNumber? = nil,
        searchKeys: [SearchKey] = []
    ) {
        self.source = source
        self.kind = kind
        self.subject = subject
        self.dedupKey = dedupKey
        self.receivedAt = receivedAt
        self.body = body
        self.bodyDigest = bodyDigest
        self.routes = routes
        self.version = version
        self.sequence = sequence
        self.searchKeys = searchKeys
    }
}

/// The number that a source gave an event, so that a missing one shows.
public struct SequenceNumber: Sendable, Hashable {
    /// Numbers count up by one within a stream: `dynamics usmf SalesInvoicePosted`.
    public var stream: String
    public var number: Int64

    public init(stream: String, number: Int64) {
        self.stream = stream
        self.number = number
    }
}

/// A word that people look for events by. A store may keep only a keyed hash of it.
public struct SearchKey: Sendable, Hashable {
    public enum Kind: String, Sendable, CaseIterable {
        case order, invoice, customer, email
    }

    public var kind: Kind
    public var value: String
    /// The legal entity whose number it is, where several number their records alike: `usmf`. Such a key is found by
    /// `SO-004512` as well as by `usmf/SO-004512`.
    public var scope: String?

    /// E-mail addresses are found whatever their case and the blanks around them.
    public init(_ kind: Kind, _ value: String, in scope: String? = nil) {
        self.kind = kind
        self.scope = scope
        let trimmed = value.split(separator: " ").joined(separator: " ")
        self.value = kind == .email ? trimmed.lowercased() : trimmed
    }
}

/// Which flow works on an event, and in which lane.
public struct Route: Sendable, Hashable {
    /// The flow's name: `OrderToSalesOrder`.
    public var flow: String
    /// The destination and flow that are paused, limited and measured together: `dynamics/OrderToSalesOrder`.
    public var lane: String
    public var policy: SubjectPolicy

    public init(flow: String, lane: String, policy: SubjectPolicy = SubjectPolicy()) {
        self.flow = flow
        self.lane = lane
        self.policy = policy
    }
}

/// What a flow's deliveries of one subject mean to each other.
public struct SubjectPolicy: Sendable, Hashable {
    /// A newer event makes older ones of the same subject and flow superfluous, unless they run already: for records
    /// that say all there is to say, such as a stock level. Otherwise each event counts.
    public var latestWins: Bool
    /// A parked delivery lets those behind it pass. Otherwise it holds them until a person has decided.
    public var parkedLetsPass: Bool

    public init(latestWins: Bool = false, parkedLetsPass: Bool = false) {
        self.latestWins = latestWins
        self.parkedLetsPass = parkedLetsPass
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
    /// See `NewEvent.version`.
    public var version: Int64?
    /// See `EventEdit.patches`.
    public var patches: [String: [UInt8]]

    public init(
        id: EventID, source: String, kind: String, subject: String, receivedAt: Timestamp, body: [UInt8],
        version: Int64? = nil, patches: [String: [UInt8]] = [:]
    ) {
        self.id = id
        self.source = source
        self.kind = kind
        self.subject = subject
        self.receivedAt = receivedAt
        self.body = body
        self.version = version
        self.patches = patches
    }
}

/// The store's word that an event is on disk.
public struct Receipt: Sendable, Equatable {
    /// The stored event; for a duplicate, the one that was stored first.
    public var event: EventID
    public var isDuplicate: Bool
    /// Numbers of the event's stream that should have come before it and have not.
    public var gap: ClosedRange<Int64>?

    public init(event: EventID, isDuplicate: Bool, gap: ClosedRange<Int64>? = nil) {
        self.event = event
        self.isDuplicate = isDuplicate
        self.gap = gap
    }
}
