import HTTPServer
import Relay

/// Looks at everything that alerts are made from.
struct AlertSenses: Sendable {
    private let inspection: any Inspection
    private let readiness: Readiness
    private let signals: AlertSignals
    private let breakers: BreakerWatch
    private let stops: @Sendable () -> [String: LaneStop]
    private let credentials: [ListenerRole: TLSCredentials]
    private let signInEnd: Timestamp?
    private let glance: StoreGlance
    private let assurance: OrderAssurance?

    /// - Parameters:
    ///   - breakers: The destinations, whether they are not called at the moment, and why; names no record.
    ///   - stops: Lanes that hand out nothing, and why.
    ///   - patience: How long the store may take to answer.
    init(
        inspection: any Inspection, readiness: Readiness, signals: AlertSignals,
        credentials: [ListenerRole: TLSCredentials] = [:], signInEnd: Timestamp? = nil,
        breakers: @escaping @Sendable () -> [(destination: String, isOpen: Bool, reason: String)] = { [] },
        stops: @escaping @Sendable () -> [String: LaneStop] = { [:] }, assurance: OrderAssurance? = nil,
        patience: Duration = StoreGlance.patience
    ) {
        self.inspection = inspection
        self.readiness = readiness
        self.signals = signals
        self.breakers = BreakerWatch(read: breakers)
        self.stops = stops
        self.credentials = credentials
        self.signInEnd = signInEnd
        self.assurance = assurance
        glance = StoreGlance(inspection: inspection, patience: patience)
    }

    /// Never fails: what cannot be seen is `nil`.
    func conditions(at now: Timestamp) async -> AlertConditions {
        let view = await glance.view(at: now)
        return AlertConditions(
            now: now, lanes: view?.lanes, parked: view?.parked, stops: stops(), breakers: breakers.states(at: now),
            refusals: signals.refusals(at: now),
            lastArrivals: signals.lastArrivals, problems: await readiness.report().problems,
            certificates: certificates, signInEnd: signInEnd,
            assurance: await AssuranceConditions(assurance, at: now))
    }

    /// So that a source counts as silent from its last event on, also if that was before the start.
    /// - Parameter fallbacks: Source → from when on it counts as silent if the store knows nothing of it.
    func recallArrivals(_ fallbacks: [String: Timestamp]) async {
        guard !fallbacks.isEmpty else { return }
        let newest = (try? await inspection.events(matching: EventFilter(limit: Self.recalledEvents))) ?? []
        // A source that is not among them has sent nothing since the oldest of them.
        let oldest = newest.count == Self.recalledEvents ? newest.last?.receivedAt : nil
        for (source, fallback) in fallbacks {
            signals.arrived(source, at: newest.first { $0.source == source }?.receivedAt ?? oldest ?? fallback)
        }
    }

    private static let recalledEvents = 500

    private var certificates: [CertificateState] {
        credentials.sorted { $0.key.rawValue < $1.key.rawValue }.map { role, credentials in
            let status = credentials.status
            return CertificateState(
                listener: role.rawValue,
                expiresAt: Timestamp(millisecondsSince1970: Int64(status.expiresAt) * 1000),
                hasFailedToReload: status.problem != nil)
        }
    }
}
