/// From when on something is an alert. `nil` turns a rule off.
public struct AlertRules: Sendable, Equatable {
    public var parked = true
    public var breaker = true
    public var store = true
    /// Of the oldest delivery that waits in a lane.
    public var oldestAge: Duration? = .seconds(15 * 60)
    /// For lanes that differ from `oldestAge`.
    public var lanes: [String: LaneRule] = [:]
    public var signatureFailures: Burst? = Burst(count: 20, within: .seconds(60))
    /// Source → how long it may be silent; sources that are not named may for ever.
    public var silence: [String: Duration] = [:]
    /// What is left of a certificate's life.
    public var certificate: Duration? = .seconds(14 * 86_400)
    /// From an order's placing to its sales order.
    public var orderTime: OrderTime? = OrderTime(limit: .seconds(15 * 60), count: 10, within: .seconds(3600))
    public var reconciliation = true
    public var syntheticOrder = true

    /// At least `count` orders within the time took longer than the limit.
    public struct OrderTime: Sendable, Equatable {
        public var limit: Duration
        public var count: Int
        public var within: Duration

        public init(limit: Duration, count: Int, within: Duration) {
            self.limit = limit
            self.count = count
            self.within = within
        }
    }

    /// At least `count` within the time.
    public struct Burst: Sendable, Equatable {
        public var count: Int
        public var within: Duration

        public init(count: Int, within: Duration) {
            self.count = count
            self.within = within
        }
    }

    public struct LaneRule: Sendable, Equatable {
        public var oldestAge: Duration?

        public init(oldestAge: Duration?) { self.oldestAge = oldestAge }
    }

    public init() {}

    /// A lane's age is critical at this many times its limit, a burst at this many times its count.
    static let criticalAgeFactor = 4
    static let criticalBurstFactor = 10
    /// A breaker that is open for longer is critical.
    static let criticalBreaker = Duration.seconds(3600)
    /// A certificate with less to live is critical.
    static let criticalCertificate = Duration.seconds(2 * 86_400)

    /// The longest wait in a lane that is no alert.
    func oldestAge(of lane: String) -> Duration? { lanes[lane].map(\.oldestAge) ?? oldestAge }
}
