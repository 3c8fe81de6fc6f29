import Relay

/// Counts what is parked by lane and reason. The store is only asked when something has changed.
actor ParkedCensus {
    /// Parked events that are looked at, the newest ones. With more, counts say "at least".
    static let maxEvents = 500
    static let maxExamples = 5
    /// Subjects come from outside; a longer one is cut.
    static let maxSubjectCharacters = 60

    /// Changes whenever a delivery is parked or leaves; lanes are counted by the store as it goes.
    private struct Key: Equatable {
        var parked: [String: Int]
        var lastFailures: [String: Timestamp]
    }

    private let inspection: any Inspection
    private var last: (key: Key, sample: ParkedSample)?

    init(inspection: any Inspection) { self.inspection = inspection }

    func sample(_ lanes: [LaneOverview]) async throws -> ParkedSample {
        let parked = Dictionary(lanes.map { ($0.lane, $0.parked) }, uniquingKeysWith: +).filter { $0.value > 0 }
        guard !parked.isEmpty else { return ParkedSample(groups: [], isComplete: true) }
        let failures = Dictionary(
            lanes.compactMap { lane in lane.lastFailureAt.map { (lane.lane, $0) } }, uniquingKeysWith: max)
        let key = Key(parked: parked, lastFailures: failures)
        if let last, last.key == key { return last.sample }
        let events = try await inspection.events(matching: EventFilter(state: .parked, limit: Self.maxEvents))
        let sample = ParkedSample(
            groups: Self.groups(events), isComplete: events.count < Self.maxEvents)
        last = (key, sample)
        return sample
    }

    /// - Parameter events: Newest first.
    static func groups(_ events: [EventOverview]) -> [ParkedGroup] {
        var groups: [String: ParkedGroup] = [:]
        for event in events {
            for delivery in event.deliveries where delivery.state == .parked {
                let code = delivery.reason?.code ?? "unknown"
                var group =
                    groups["\(delivery.lane):\(code)"]
                    ?? ParkedGroup(lane: delivery.lane, code: code, count: 0, oldest: event.receivedAt, examples: [])
                group.count += 1
                group.oldest = min(group.oldest, event.receivedAt)
                if group.examples.count < maxExamples { group.examples.append(example(event)) }
                groups["\(delivery.lane):\(code)"] = group
            }
        }
        return groups.sorted { $0.key < $1.key }.map(\.value)
    }

    /// A subject that may be somebody's address is left out.
    private static func example(_ event: EventOverview) -> String {
        guard !event.subject.contains("@") else { return "event \(event.id)" }
        let subject = event.subject.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }
        return "\(String(String.UnicodeScalarView(subject)).prefix(maxSubjectCharacters)) (event \(event.id))"
    }
}

extension LaneOverview {
    fileprivate var parked: Int { counts[DeliveryState.parked.rawValue] ?? 0 }
}
