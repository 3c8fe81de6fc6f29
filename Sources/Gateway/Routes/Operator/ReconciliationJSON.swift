import Relay

struct ReconciliationsJSON: Encodable {
    var reconciliations: [ReconciliationJSON]
    /// `before` of the next page.
    var next: Int64?
}

/// A comparison as the operator API shows it.
struct ReconciliationJSON: Encodable {
    var id: Int64
    var state: String
    var from: String
    var until: String
    var by: String?
    var startedAt: String
    var finishedAt: String?
    var orders: Int
    var salesOrders: Int
    var agreed: Int
    var underWay: Int
    var excused: Int
    /// Findings that nobody has settled.
    var open: Int
    /// Findings beyond the limit.
    var dropped: Int
    var reason: Reason?
    var findings: [FindingJSON]?
    /// `after` of the next page of findings.
    var next: Int?

    init(_ reconciliation: Reconciliation) {
        id = reconciliation.id.rawValue
        state = reconciliation.state.rawValue
        from = reconciliation.asked.from.iso8601
        until = reconciliation.asked.until.iso8601
        by = reconciliation.asked.by
        startedAt = reconciliation.startedAt.iso8601
        finishedAt = reconciliation.finishedAt?.iso8601
        orders = reconciliation.tally.orders
        salesOrders = reconciliation.tally.farOrders
        agreed = reconciliation.tally.agreed
        underWay = reconciliation.tally.underWay
        excused = reconciliation.tally.excused
        open = reconciliation.open
        dropped = reconciliation.tally.dropped
        reason = reconciliation.reason
    }
}

struct FindingJSON: Encodable {
    var number: Int
    var code: String
    var subject: String
    var order: String?
    var legalEntity: String?
    var record: String?
    var commerce: String?
    var dynamics: String?
    var text: String
    var advice: String?
    var repair: String?
    var state: String
    var settledAt: String?
    var settledBy: String?
    var note: String?

    init(_ finding: ReconciliationFinding) {
        number = finding.number
        code = finding.code
        subject = finding.subject
        order = finding.near
        legalEntity = finding.scope
        record = finding.far
        commerce = finding.nearValue
        dynamics = finding.farValue
        text = finding.text
        advice = finding.advice
        repair = finding.repair
        state = finding.state.rawValue
        settledAt = finding.settledAt?.iso8601
        settledBy = finding.settledBy
        note = finding.note
    }
}
