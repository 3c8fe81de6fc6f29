/// What `POST /operator/v1/replays` and `/skips` take.
struct BulkRequest: Encodable {
    var states: [String]?
    var flow: String?
    var lane: String?
    var reason: String?
    var subject: String?
    var kind: String?
    var source: String?
    var since: String?
    var until: String?
    /// Only for replays.
    var includeDone: Bool?
    var bulk: Bool?
    var dryRun: Bool?
    var expect: Int?
    var by: String
    var why: String?

    init(_ selection: SelectionOptions, _ act: ActOptions) {
        states = selection.state.isEmpty ? nil : selection.state
        flow = selection.flow
        lane = selection.lane
        reason = selection.reason
        subject = selection.subject
        kind = selection.kind
        source = selection.source
        since = selection.since
        until = selection.until
        by = act.by
        why = act.why
    }
}
