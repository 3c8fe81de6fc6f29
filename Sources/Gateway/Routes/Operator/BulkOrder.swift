import HTTPServer
import JSON
import Relay

/// A change to many events, as an operator asks for it.
struct BulkOrder {
    enum Verb: String, Sendable, CaseIterable {
        case replay, skip

        /// Where it is asked for: `/replays`.
        var path: String { "/\(rawValue)s" }
    }

    static let unfinished: Set<DeliveryState> = [.waiting, .parked]
    static let replayable: Set<DeliveryState> = [.waiting, .parked, .done, .skipped]
    static let skippable: Set<DeliveryState> = [.ready, .waiting, .parked]

    var verb: Verb
    var selection: EventSelection
    /// Carried behind what comes in live.
    var isBulk = true
    /// Only count.
    var isDryRun: Bool
    /// Deliveries that whoever asks has seen.
    var expected: Int?
    /// `nil` for a dry run, which changes nothing.
    var act: OperatorAct?

    init(_ request: Request, _ verb: Verb, now: Timestamp) throws(Problem) {
        self.verb = verb
        var order = try OperatorOrder(request)
        selection = try order.selection(now: now)
        let states = try order.states(
            outOf: verb == .replay ? Self.replayable : Self.skippable)
        switch verb {
        case .replay:
            selection.states = states ?? Self.unfinished
            if try order.flag("includeDone") == true { selection.states.formUnion([.done, .skipped]) }
            isBulk = try order.flag("bulk") ?? true
        case .skip:
            selection.states = states ?? Self.skippable
        }
        isDryRun = try order.flag("dryRun") ?? false
        expected = try order.count("expect")
        act = isDryRun ? try order.unsaidAct() : try order.act(at: now)
        try order.finish()
    }
}

extension OperatorOrder {
    /// Whoever only looks may say who and why, and need not.
    fileprivate mutating func unsaidAct() throws(Problem) -> OperatorAct? {
        _ = try text("by", limit: Self.byLimit)
        _ = try text("why", limit: Self.whyLimit)
        return nil
    }

    fileprivate mutating func selection(now: Timestamp) throws(Problem) -> EventSelection {
        var selection = EventSelection()
        selection.flow = try text("flow")
        selection.lane = try text("lane")
        selection.source = try text("source")
        selection.kind = try text("kind")
        selection.subject = try text("subject")
        selection.reasonCode = try text("reason")
        selection.since = try moment("since") { Moment.past($0, now: now) }
        selection.until = try moment("until") { Moment.past($0, now: now) }
        if let since = selection.since, let until = selection.until, until <= since {
            throw .unusableBody("until: found \(until.iso8601), expected a time after since, \(since.iso8601).")
        }
        return selection
    }

    fileprivate mutating func states(outOf possible: Set<DeliveryState>) throws(Problem) -> Set<DeliveryState>? {
        let node = member("states")
        guard node.value != nil else { return nil }
        let names = DeliveryState.allCases.filter(possible.contains).map(\.rawValue).joined(separator: ", ")
        let expected = "a list of one or more of \(names)"
        guard let elements = node.elements, !elements.isEmpty else { throw Self.refused(node, expected) }
        var states: Set<DeliveryState> = []
        for element in elements {
            guard let state = element.value?.stringValue.flatMap(DeliveryState.init(rawValue:)),
                possible.contains(state)
            else { throw Self.refused(element, expected) }
            states.insert(state)
        }
        return states
    }
}
