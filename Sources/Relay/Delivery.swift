public struct DeliveryID: Sendable, Hashable, Comparable, Codable, RawRepresentable, CustomStringConvertible {
    public let rawValue: Int64
    public init(rawValue: Int64) { self.rawValue = rawValue }
    public init(_ rawValue: Int64) { self.rawValue = rawValue }
    public var description: String { String(rawValue) }
    public static func < (left: DeliveryID, right: DeliveryID) -> Bool { left.rawValue < right.rawValue }
}

/// Where a delivery stands. `DeliveryChange` says how it gets from one state to the next.
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
    /// Ended without effect, since a newer event of its subject says all that it said.
    case superseded

    /// A finished delivery no longer holds its subject.
    public var isFinished: Bool { self == .done || self == .skipped || self == .superseded }
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
    /// Failed attempts so far. Crashes, rescues and held attempts do not count.
    public var failures: Int
    /// Replayed with many others, and to be carried behind what comes in live.
    public var isBulk: Bool
    /// The newest `StoredEvent.version` of this subject that this flow has carried; `nil` if none had one.
    public var appliedVersion: Int64?

    public init(
        lease: Lease, event: StoredEvent, route: Route, failures: Int, isBulk: Bool = false,
        appliedVersion: Int64? = nil
    ) {
        self.lease = lease
        self.event = event
        self.route = route
        self.failures = failures
        self.isBulk = isBulk
        self.appliedVersion = appliedVersion
    }
}
