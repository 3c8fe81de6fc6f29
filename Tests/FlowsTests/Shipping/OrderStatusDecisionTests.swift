import Commerce
import Relay
import Testing

@testable import Flows

@Suite("What an order in Commerce may be told")
struct OrderStatusDecisionTests {
    private func order(_ state: String, _ status: String) -> CommerceOrder {
        var order = sampleOrder()
        (order.state, order.status) = (state, status)
        return order
    }

    @Test(
        "a status is written only where it belongs to the order's state",
        arguments: [
            ("new", "pending", nil, "pending"), ("new", "pending", "pending", "pending"),
            ("new", "pending", "erp_confirmed", "erp_confirmed"),
            ("processing", "processing", "erp_packed", "erp_packed"),
            // What is over, or waits for somebody, keeps its status.
            ("complete", "complete", "erp_packed", "complete"), ("canceled", "canceled", "processing", "canceled"),
            ("holded", "holded", "erp_packed", "holded"),
        ])
    func status(_ state: String, _ own: String, _ wanted: String?, _ written: String) throws {
        #expect(try OrderStatusDecision.status(wanted, of: order(state, own)) == written)
    }

    @Test(
        "a status of Commerce that belongs to another state is given to a person",
        arguments: ["processing", "complete", "closed", "canceled", "holded"])
    func forbidden(_ wanted: String) {
        #expect {
            _ = try OrderStatusDecision.status(wanted, of: order("new", "pending"))
        } throws: {
            ($0 as? Verdict)?.reason.code == "forbidden-status"
        }
    }

    @Test("an order is cancelled while it is open, and once", arguments: [("new", true), ("canceled", false)])
    func cancellation(_ state: String, _ isCancelled: Bool) throws {
        let found = try OrderStatusDecision.cancellation(of: order(state, state))
        #expect(found == (isCancelled ? .cancel : .nothing))
    }

    @Test(
        "an order that cannot be cancelled is given to a person",
        arguments: [
            ("holded", "order-on-hold"), ("complete", "order-not-cancelable"), ("closed", "order-not-cancelable"),
        ])
    func tooLate(_ state: String, _ code: String) {
        #expect {
            _ = try OrderStatusDecision.cancellation(of: order(state, state))
        } throws: {
            ($0 as? Verdict)?.reason.code == code
        }
    }

    @Test(
        "a payment is captured as its method says, and online methods alone where that is the rule",
        arguments: [
            (CaptureRules.Capture.never, "braintree", false), (.always, "checkmo", true), (.online, "checkmo", false),
            (.online, "braintree", true), (.never, "stripe", true), (.online, "free", false),
        ])
    func capture(_ standard: CaptureRules.Capture, _ method: String, _ isCaptured: Bool) {
        let rules = CaptureRules(standard: standard, methods: ["stripe": .always])
        #expect(rules.captures(method) == isCaptured)
        #expect(rules.captures(nil) == (standard == .always))
    }
}
