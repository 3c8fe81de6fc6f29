import Relay

/// What alerts are made from: how things are at one moment.
struct AlertConditions: Sendable {
    var now: Timestamp
    /// `nil` if the store could not be asked.
    var lanes: [LaneOverview]?
    /// `nil` if the store could not be asked.
    var parked: ParkedSample?
    /// Lanes that hand out nothing, and why.
    var stops: [String: LaneStop] = [:]
    /// The open ones.
    var breakers: [BreakerState] = []
    var refusals: [SourceRefusals] = []
    /// Source → when it last sent anything, or was last known to be silent.
    var lastArrivals: [String: Timestamp] = [:]
    /// Why the gateway is not ready, as sentences.
    var problems: [String] = []
    var certificates: [CertificateState] = []
    /// When the last of the certificates ends that sign in to D365; `nil` if none does.
    var signInEnd: Timestamp?
    var assurance = AssuranceConditions()
}

/// The parked deliveries of one lane that have one reason.
struct ParkedGroup: Sendable, Equatable {
    var lane: String
    /// The reason's code.
    var code: String
    var count: Int
    /// When the oldest of their events was received.
    var oldest: Timestamp
    /// A few of them, newest first: `order 000000042 (event 17)`.
    var examples: [String]
}

struct ParkedSample: Sendable, Equatable {
    var groups: [ParkedGroup]
    /// Whether these are all parked deliveries; otherwise groups may be missing, and counts be too low.
    var isComplete: Bool
}

/// A destination that is not called at the moment.
struct BreakerState: Sendable, Equatable {
    var destination: String
    /// For a person; names no record.
    var reason: String
    var since: Timestamp
}

/// Messages of one source that were refused because of their signature or token.
struct SourceRefusals: Sendable, Equatable {
    var source: String
    /// Within the time that the rule looks at.
    var count: Int
}

struct CertificateState: Sendable, Equatable {
    var listener: String
    var expiresAt: Timestamp
    /// The one on disk was refused, and the one before is in use.
    var hasFailedToReload: Bool
}
