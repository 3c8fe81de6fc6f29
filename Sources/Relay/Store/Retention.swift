/// For whoever keeps no more than must be kept. Only what is finished is ever purged: while a delivery of an event is
/// not, all of the event stays.
public protocol Retention: Sendable {
    /// Takes away the next part of what the rules don't keep, at most `limit` rows in one transaction, so that those
    /// who wait for the writer go in between. Bodies go first, then what attempts sent and received, then whole
    /// events with all that belongs to them; links and operators' acts stay.
    /// - Returns: Empty when nothing is left to purge.
    func purge(_ rules: RetentionRules, now: Timestamp, limit: Int) async throws -> PurgeCount

    /// Gives the file system back what purging has emptied beyond what new events will soon use, a part at a time.
    /// - Returns: Bytes given back; 0 when there is nothing more to give.
    func release() async throws -> Int
}

/// How long things are kept after an event was received; `nil` is for ever.
public struct RetentionRules: Sendable, Equatable {
    public struct Ages: Sendable, Equatable {
        /// Bodies as received.
        public var bodies: Duration?
        /// What attempts sent and received, and what persons edited. Their times, states and reasons stay.
        public var attempts: Duration?
        /// Everything else. A dedup key holds as long.
        public var events: Duration?

        public init(bodies: Duration?, attempts: Duration?, events: Duration?) {
            self.bodies = bodies
            self.attempts = attempts
            self.events = events
        }
    }

    public var ages: Ages
    /// Kinds of events that are kept longer or shorter.
    public var kinds: [String: Ages]

    public init(ages: Ages, kinds: [String: Ages] = [:]) {
        self.ages = ages
        self.kinds = kinds
    }

    /// Keeps all.
    public static let none = RetentionRules(ages: Ages(bodies: nil, attempts: nil, events: nil))
}

/// What was purged.
public struct PurgeCount: Sendable, Equatable {
    public var bodies: Int
    public var attempts: Int
    public var events: Int

    public init(bodies: Int = 0, attempts: Int = 0, events: Int = 0) {
        self.bodies = bodies
        self.attempts = attempts
        self.events = events
    }

    public var isEmpty: Bool { bodies + attempts + events == 0 }

    public static func + (left: PurgeCount, right: PurgeCount) -> PurgeCount {
        PurgeCount(
            bodies: left.bodies + right.bodies, attempts: left.attempts + right.attempts,
            events: left.events + right.events)
    }
}
