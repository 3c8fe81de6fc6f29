import Relay
import Testing

@testable import Gateway

@Suite("Alerts about orders that do not arrive")
struct AssuranceAlertTests {
    private static let now = Timestamp(millisecondsSince1970: 1_767_261_612_447)

    private static func causes(_ conditions: AssuranceConditions, _ rules: AlertRules = AlertRules()) -> [String] {
        (rules.lateOrders(conditions) + rules.reconciliations(conditions) + rules.lostSyntheticOrder(conditions))
            .map(\.cause)
    }

    @Test("late orders are an alert from the configured number on", arguments: [(9, false), (10, true), (100, true)])
    func late(_ count: Int, _ isAlert: Bool) {
        var conditions = AssuranceConditions()
        conditions.orderTimes = OrderTimes.Reading(summary: .init(), limit: .seconds(900), late: count)
        #expect(Self.causes(conditions) == (isAlert ? ["orderTime"] : []))
        var off = AlertRules()
        off.orderTime = nil
        #expect(Self.causes(conditions, off) == [])
        #expect(
            AlertRules().lateOrders(conditions).first?.severity
                == (count >= 100 ? .critical : isAlert ? .warning : nil))
    }

    @Test(
        "open findings and an unfinished daily comparison are alerts",
        arguments: [
            (Reconciliation.State.done, 0, nil, []), (.done, 2, nil, ["reconciliation:findings"]),
            (.incomplete, 0, nil, ["reconciliation:incomplete"]), (.incomplete, 0, "anna", []),
            (.incomplete, 1, nil, ["reconciliation:findings", "reconciliation:incomplete"]),
        ] as [(Reconciliation.State, Int, String?, [String])])
    func findings(_ state: Reconciliation.State, _ open: Int, _ by: String?, _ causes: [String]) {
        var conditions = AssuranceConditions()
        conditions.reconciliation = Reconciliation(
            id: ReconciliationID(7), asked: NewReconciliation(from: Self.now, until: Self.now, by: by), state: state,
            startedAt: Self.now, finishedAt: Self.now, open: open)
        #expect(Self.causes(conditions) == causes)
    }

    @Test("a synthetic order that did not arrive is critical, and names no record's words", arguments: [true, false])
    func synthetic(_ arrived: Bool) {
        var conditions = AssuranceConditions()
        let reason = Reason(code: "no-sales-order", message: "Order 1 of Renée …")
        conditions.synthetic = SyntheticOrders.Outcome(
            incrementID: "000000042", startedAt: Self.now, finishedAt: Self.now, took: arrived ? .seconds(3) : nil,
            problem: arrived ? nil : reason)
        let alerts = AlertRules().lostSyntheticOrder(conditions)
        #expect(alerts.map(\.severity) == (arrived ? [] : [.critical]))
        #expect(alerts.allSatisfy { !$0.text.contains("Renée") && !$0.title.contains("Renée") })
    }
}
