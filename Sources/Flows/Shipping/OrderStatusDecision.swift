import Commerce
import Dynamics
import Relay

/// What an order in Commerce may be told, as its state is. Commerce takes any status with a comment unchecked, and is
/// left with an order whose status and state contradict each other (magento2#32968); so it is checked here.
enum OrderStatusDecision {
    /// The statuses that Commerce itself comes with, by the state they belong to.
    private static let coreStates: [String: Set<String>] = [
        "pending": ["new"], "processing": ["processing"], "complete": ["complete"], "closed": ["closed"],
        "canceled": ["canceled"], "holded": ["holded"], "payment_review": ["payment_review"],
        "pending_payment": ["pending_payment"], "fraud": ["payment_review", "processing"],
    ]

    /// States in which F&O may name a status of its own.
    private static let openStates: Set<String> = ["new", "processing"]

    /// The status to write with a comment.
    /// - Parameter wanted: What the mapping document says, if anything.
    /// - Returns: The order's own where it must stay as it is.
    /// - Throws: A `Verdict` that parks a status which belongs to another state.
    static func status(_ wanted: String?, of order: CommerceOrder) throws(Verdict) -> String? {
        guard let wanted, wanted != order.status, let state = order.state, openStates.contains(state) else {
            return order.status
        }
        if let home = coreStates[wanted], !home.contains(state) {
            throw .park(
                "forbidden-status",
                "Order \(order.incrementID) is in state \(state); the status \(wanted) belongs to another one, and a "
                    + "comment does not move the state.",
                advice: "Name a status of your own in the value table or the mapping document order-status, then "
                    + "replay the event.")
        }
        return wanted
    }

    enum Cancellation: Equatable {
        case cancel
        /// It is cancelled already.
        case nothing
    }

    /// Whether Commerce can cancel the order.
    /// - Throws: A `Verdict` that parks where it cannot.
    static func cancellation(of order: CommerceOrder) throws(Verdict) -> Cancellation {
        switch order.state {
        case "canceled": return .nothing
        case "holded":
            throw .park(
                "order-on-hold", "Order \(order.incrementID) is on hold in Commerce, which does not cancel it so.",
                advice: "Release it in Commerce, then replay the event.")
        case "complete", "closed":
            throw .park(
                "order-not-cancelable",
                "Order \(order.incrementID) is \(order.state ?? "done") in Commerce: it is too late to cancel it.",
                advice: "Refund it in Commerce if the customer has paid, then skip the event.")
        default: return .cancel
        }
    }
}
