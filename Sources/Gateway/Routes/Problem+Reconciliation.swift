import HTTPServer
import HTTPTypes
import Relay

extension Problem {
    static func unknownReconciliation(_ id: String) -> Problem {
        Problem(
            "unknown-reconciliation", status: .notFound, title: "No such reconciliation",
            detail:
                "The store holds no reconciliation \(id.prefix(40)). GET /operator/v1/reconciliations lists those "
                + "it holds.")
    }

    static func unknownFinding(_ number: String) -> Problem {
        Problem(
            "unknown-finding", status: .notFound, title: "No such finding",
            detail: "The reconciliation has no finding \(number.prefix(40)).")
    }

    static var reconciliationOff: Problem {
        Problem(
            "reconciliation-off", status: .conflict, title: "This gateway calls no platform",
            detail: "relay.intakeOnly is set, so nothing can be compared. Take it away and restart.")
    }

    static var syntheticOrderOff: Problem {
        Problem(
            "synthetic-order-off", status: .conflict, title: "There is no synthetic order",
            detail: "The configuration has no syntheticOrder, or relay.intakeOnly is set.")
    }

    static func reconciling(_ id: ReconciliationID) -> Problem {
        Problem(
            "reconciling", status: .conflict, title: "A comparison is at work",
            detail: "Wait until it has ended: GET /operator/v1/reconciliations/\(id).")
    }

    static func needsPerson(_ detail: String) -> Problem {
        Problem("needs-person", status: .conflict, title: "A person has to mend this", detail: detail)
    }

    static func repairFailed(_ reason: Reason) -> Problem {
        Problem(
            "repair-failed", status: .serviceUnavailable, title: "The repair could not be made now",
            detail: "\(reason) The finding stays open; ask for it again.")
    }

    static func refused(_ refused: ReconciliationDesk.Refused, settle: Duration) -> Problem {
        switch refused {
        case .running(let id): .reconciling(id)
        case .unknownFinding(let number): .unknownFinding(String(number))
        case .emptyPeriod:
            .unusableBody(
                "from, until: found a period without anything older than \(Quantity.text(settle)), expected from to be "
                    + "before until, and before the youngest records that are judged (reconciliation.settle).")
        case .longPeriod: .unusableBody("from, until: found more than a year, expected at most 366 days.")
        }
    }
}
