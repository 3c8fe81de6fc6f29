import ArgumentParser

/// Which deliveries are meant by a change to many.
struct SelectionOptions: ParsableArguments {
    @Option(help: "Deliveries in this state; may be given several times.")
    var state: [String] = []
    @Option(help: "Deliveries of this flow, such as OrderToSalesOrder.")
    var flow: String?
    @Option(help: "Deliveries of this lane, such as dynamics/OrderToSalesOrder.")
    var lane: String?
    @Option(help: "Deliveries that failed for this reason, by its code, such as d365-validation.")
    var reason: String?
    @Option(help: "Deliveries of this business key, such as \"order 000000042\".")
    var subject: String?
    @Option(help: "Deliveries of events of this kind, such as order.")
    var kind: String?
    @Option(help: "Deliveries of events from this source: commerce or dynamics.")
    var source: String?
    @Option(
        help: "Received at this time or later: 2026-11-20T22:00:00Z, 2026-11-20 (UTC), or 12h for twelve hours ago.")
    var since: String?
    @Option(help: "Received before this time.")
    var until: String?

    var isEmpty: Bool {
        state.isEmpty && [flow, lane, reason, subject, kind, source, since, until].allSatisfy { $0 == nil }
    }
}
