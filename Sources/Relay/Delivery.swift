public struct DeliveryID: Sendable, Hashable, Comparable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
    public static func < (left: DeliveryID, right: DeliveryID) -> Bool { left.rawValue < right.rawValue }
}

/// The life of a delivery: `ready → running → done | waiting | parked | skipped`.
public enum DeliveryState: String, Sendable, Codable, CaseIterable {
    /// Never tried, or put back by a person; due at once.
    case ready
    /// Claimed under a lease.
    case running
    /// Failed, and will be tried again when it is due.
    case waiting
    /// Waits for a person.
    case parked
    case done
    /// Ended without effect, with a reason.
    case skipped

    /// A finished delivery no longer holds its subject.
    public var isFinished: Bool { self == .done || self == .skipped }
}

/// The right to work on a delivery. `attempt` and `owner` fence it: who lost the lease can write nothing more.
public struct Lease: Sendable, Hashable {
    public var delivery: DeliveryID
    /// Rises by one with each claim, crashes included.
    public var attempt: Int
    /// The process that claimed it.
    public var owner: String

    public init(delivery: DeliveryID, attempt: Int, owner: String) {
        self.delivery = delivery
        self.attempt = attempt
        self.owner = owner
    }
}

/// A delivery handed out for work, with all that its flow needs.
public struct Claim: Sendable, Equatable {
    public var lease: Lease
    public var event: StoredEvent
    public var route: Route
    /// Failed attempts so far. Crashes and rescues do not count.
    public var failures: Int

    public init(lease: Lease, event: StoredEvent, route: Route, failures: Int) {
        self.lease = lease
        self.event = event
        self.route = route
        self.failures = failures
    }
}
