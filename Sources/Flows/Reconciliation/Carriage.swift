import Relay

/// What this gateway knows of the events of one subject.
enum Carriage: Sendable, Equatable {
    case neverReceived
    /// It is tried, or waits for its turn.
    case underWay
    case parked(EventID, Reason)
    case skipped(EventID, Reason)
    /// - Parameter summary: What came of it then: the sales order's number.
    case carried(EventID, summary: String?)

    /// - Parameter events: Of the subject, newest first.
    init(_ events: [EventOverview]) {
        let deliveries = events.flatMap { event in event.deliveries.map { (event: event.id, delivery: $0) } }
        func first(_ states: DeliveryState...) -> (event: EventID, delivery: DeliveryOverview)? {
            deliveries.first { states.contains($0.delivery.state) }
        }
        // One that is parked holds those behind it, so it is the one to look at.
        if let parked = deliveries.last(where: { $0.delivery.state == .parked }), let reason = parked.delivery.reason
        {
            self = .parked(parked.event, reason)
        } else if first(.ready, .running, .waiting) != nil {
            self = .underWay
        } else if let skipped = deliveries.first, skipped.delivery.state == .skipped,
            skipped.delivery.reason?.code == Self.byOperator
        {
            self = .skipped(skipped.event, skipped.delivery.reason ?? Self.noReason)
        } else if let done = first(.done) {
            self = .carried(done.event, summary: done.delivery.summary)
        } else if let skipped = first(.skipped) {
            self = .skipped(skipped.event, skipped.delivery.reason ?? Self.noReason)
        } else {
            self = .neverReceived
        }
    }

    /// A person has decided that it is not carried.
    static let byOperator = "skipped-by-operator"
    private static let noReason = Reason(code: "unknown", message: "No reason was kept.")
}
